/**
 * What a canary runs: a browser asks each path of the site in turn, and every answer must be 200 and come from CloudFront. It is text,
 * because CloudFormation packs it; a test runs it. It reads `SITE`, such as `https://portal.example.com`, and `PATHS`, separated by commas.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_Function_Library.html
 */
export const walkScript = `const synthetics = require('@aws/synthetics-puppeteer');

async function visit(page, url) {
  const answer = await page.goto(url, { waitUntil: 'domcontentloaded', timeout: 20000 });
  if (!answer) throw new Error(url + ' gave no answer');
  if (answer.status() !== 200) throw new Error(url + ' answered ' + answer.status());
  if (!answer.headers()['x-amz-cf-id']) throw new Error(url + ' was not answered by CloudFront');
}

const stepOf = (path) => path.split('/').filter(Boolean).join('-') || 'home';

exports.handler = async () => {
  const page = await synthetics.getPage();
  for (const path of process.env.PATHS.split(',')) {
    await synthetics.executeStep(stepOf(path), () => visit(page, process.env.SITE + path));
  }
};
`;
