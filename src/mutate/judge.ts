import { join } from 'node:path';
import { applyWaivers } from '../check/apply-waivers';
import { batchesOf, type Question } from '../check/cfn-guard/batch';
import { guardInputs, inputName, type GuardInput } from '../check/cfn-guard/input';
import { loadRules, type GuardRule } from '../check/cfn-guard/rule';
import { guardFindings } from '../check/cfn-guard/run';
import { TypedResources } from '../check/cfn-guard/slice';
import { didNotApply, type Verdicts } from '../check/cfn-guard/verdict';
import type { Finding } from '../check/finding';
import { everyStep } from '../check/options';
import { runSteps } from '../check/run-steps';
import type { Resolution } from '../check/subject';
import { cfnGuard, controlTowerRules } from '../toolchain';
import { changesBetween, looksAt } from './changes';
import { judgeSplitting } from './judge-splitting';
import { findingKey, killersOf, type Killer } from './killer';
import type { Mutant } from './mutant';
import { readOriginal, type Original } from './original';
import type { MutationSetting } from './setting';
import { surroundings } from './surroundings';

/** Steps that start a program; the others look at the templates in this process. */
const programs: readonly string[] = ['cfn-lint', 'cfn-guard', 'kubernetes-validate'];

/** Mutants that are judged together: enough that a process of cfn-guard has much to do, few enough to be kept in memory. */
const CHUNK = 120;

/** A mutant and what noticed it so far. */
interface Looked {
  readonly mutant: Mutant;
  readonly killers: readonly Killer[];
  /** What to ask of each input in which anything changed. */
  readonly questions: readonly ChangedInput[];
}

/** An input that a mistake changed. */
interface ChangedInput extends Question {
  /** The same about the surroundings of the change, with the mistake and without it. */
  readonly near: { readonly mutated: Question; readonly original: Question };
}

/**
 * Judges mutants by everything but cfn-lint. Only the rules that look at something that changed are asked, at first about the
 * surroundings of the change: the narrowest rule of ours and of Control Tower's that then notices the mistake is asked about the whole, which
 * alone counts. For mutants that nothing has noticed by then all these rules are asked about everything, in all regions.
 */
export class MutantJudge {
  private readonly originals: ReadonlyMap<string, Original>;
  private readonly rules: readonly GuardRule[];
  /** What the originals come to in each region. */
  private readonly inputs = new Map<string, GuardInput>();

  /** @param known keys of the findings that the originals have */
  constructor(private readonly setting: MutationSetting, private readonly known: ReadonlySet<string>) {
    const { dist, environments, project } = setting;
    this.originals = new Map(environments.map((each) => [nameOf(each), readOriginal(dist, each, each.parameters)]));
    this.rules = loadRules({ own: join(project, 'rules'), controlTower: controlTowerRules() });
    for (const original of this.originals.values()) {
      for (const input of inputsOf(original.subject.resolve())) this.inputs.set(inputName(input), input);
    }
  }

  /**
   * Judges mutants.
   * @returns the killers of each mutant, in the order given; none for one that nothing noticed
   * @throws MeridianError as the check does
   */
  async judge(mutants: readonly Mutant[]): Promise<readonly (readonly Killer[])[]> {
    const killers: (readonly Killer[])[] = [];
    for (let start = 0; start < mutants.length; start += CHUNK) killers.push(...(await this.judgeChunk(mutants.slice(start, start + CHUNK))));
    return killers;
  }

  private async judgeChunk(mutants: readonly Mutant[]): Promise<readonly (readonly Killer[])[]> {
    const looked: Looked[] = [];
    for (const [index, mutant] of mutants.entries()) looked.push(await this.look(mutant, index));
    const promising = await this.promisingRules(looked);
    const sure = await this.askGuard(looked, ({ questions: [first] }, position) => (first ? [{ ...first, rules: promising[position] ?? [] }] : []));
    const all = await this.askGuard(sure, ({ killers, questions }) => (killers.length > 0 ? [] : questions));
    return all.map(({ killers }) => killers);
  }

  /** Of the rules that notice each mutant in the surroundings of its first change the narrowest of ours and of Control Tower's. */
  private async promisingRules(looked: readonly Looked[]): Promise<readonly (readonly GuardRule[])[]> {
    const pairs = looked.map(({ questions: [first] }) => first?.near);
    const verdicts = await this.verdictsOn(pairs.flatMap((near) => (near ? [near.mutated, near.original] : [])));
    return looked.map(({ mutant }, position) => {
      const near = pairs[position];
      if (!near) return [];
      const before = new Set([...this.known, ...this.guardFindings(mutant, [near.original], verdicts).map(findingKey)]);
      const noticing = new Map(killersOf(this.guardFindings(mutant, [near.mutated], verdicts), before).map(({ rule, step }) => [rule, step]));
      const narrowestLast = near.mutated.rules.filter(({ id }) => noticing.has(id)).sort((left, right) => right.types.length - left.types.length);
      return [...new Map(narrowestLast.map((rule) => [noticing.get(rule.id), rule])).values()];
    });
  }

  /** Runs the steps that need no program, and prepares what to ask cfn-guard. */
  private async look(mutant: Mutant, index: number): Promise<Looked> {
    const { project, store, waivers, today } = this.setting;
    const original = this.originals.get(nameOf(mutant.template));
    if (!original) throw new Error(`${nameOf(mutant.template)} is not among the environments that are mutated`);
    const subject = original.mutated(mutant);
    const { findings } = await runSteps(subject, { project, store, waivers, today, jobs: 1, steps: everyStep.filter((step) => !programs.includes(step)) });
    const questions = inputsOf(subject.resolve()).flatMap((input) => this.questionOn({ ...input, environment: `${input.environment}.${index}` }, this.inputs.get(inputName(input))));
    return { mutant, killers: killersOf(findings, this.known), questions };
  }

  /** What to ask of an input, or nothing where it is as it was. */
  private questionOn(input: GuardInput, original: GuardInput | undefined): readonly ChangedInput[] {
    const before = original?.body.Resources ?? {};
    const now = input.body.Resources;
    const changes = changesBetween(before, now);
    if (changes.length === 0) return [];
    const rules = this.rules.filter((rule) => looksAt(rule, changes));
    const whole = questionAbout(input, rules);
    if (whole.rules.length === 0) return [];
    const near = surroundings([before, now], new Set(changes.map(({ logicalId }) => logicalId)));
    const nearby = (name: string, resources: typeof now): Question => questionAbout({ ...input, environment: `${input.environment}.${name}`, body: { Resources: Object.fromEntries(Object.entries(resources).filter(([id]) => near.has(id))) } }, rules);
    return [{ ...whole, near: { mutated: nearby('near', now), original: nearby('before', before) } }];
  }

  /** Asks cfn-guard about mutants, and adds what it noticed. */
  private async askGuard(looked: readonly Looked[], questionsOf: (one: Looked, position: number) => readonly Question[]): Promise<readonly Looked[]> {
    const asked = looked.map((one, position) => ({ one, questions: questionsOf(one, position).filter(({ rules }) => rules.length > 0) }));
    const verdicts = await this.verdictsOn(asked.flatMap(({ questions }) => questions));
    return asked.map(({ one, questions }) => ({ ...one, killers: [...one.killers, ...killersOf(this.guardFindings(one.mutant, questions, verdicts), this.known)] }));
  }

  private async verdictsOn(questions: readonly Question[]): Promise<ReadonlyMap<GuardInput, Verdicts>> {
    const { project, store } = this.setting;
    const verdicts = new Map<GuardInput, Verdicts>();
    for (const batch of batchesOf(questions, 1)) {
      for (const [name, answers] of await judgeSplitting(batch, { tool: cfnGuard(), project, resolved: store })) {
        const input = batch.inputs.get(name);
        if (input) verdicts.set(input, new Map([...(verdicts.get(input) ?? []), ...answers]));
      }
    }
    return verdicts;
  }

  /** What cfn-guard found and no waiver covers. */
  private guardFindings({ template: { system, environment } }: Mutant, questions: readonly Question[], verdicts: ReadonlyMap<GuardInput, Verdicts>): readonly Finding[] {
    const findings = questions.flatMap(({ input, rules }): Finding[] => {
      const answers: Verdicts = new Map(rules.map(({ name }) => [name, verdicts.get(input)?.get(name) ?? didNotApply]));
      return guardFindings(rules, [{ input: { ...input, environment }, verdicts: answers }]);
    });
    const { waivers, today } = this.setting;
    return applyWaivers(findings, waivers, { scope: [{ system, environment }], today, complete: false }).findings;
  }
}

/** Rules to ask about an input, of which it has resources. */
function questionAbout(input: GuardInput, rules: readonly GuardRule[]): Question {
  const resources = new TypedResources(input.body.Resources);
  return { input, resources, rules: rules.filter((rule) => resources.typesFor(rule).length > 0) };
}

function inputsOf({ environments }: Resolution): readonly GuardInput[] {
  return environments.flatMap(guardInputs);
}

function nameOf({ system, environment }: { readonly system: string; readonly environment: string }): string {
  return `${system}/${environment}`;
}
