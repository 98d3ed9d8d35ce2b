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
import { killersOf, type Killer } from './killer';
import type { Mutant } from './mutant';
import { readOriginal, type Original } from './original';
import type { MutationSetting } from './setting';

/** Steps that start a program; the others look at the templates in this process. */
const programs: readonly string[] = ['cfn-lint', 'cfn-guard', 'kubernetes-validate'];

/** Mutants that are judged together: enough that a process of cfn-guard has much to do, few enough to be kept in memory. */
const CHUNK = 120;

/** A rule that names more resource types than these looks at large parts of a template, which takes cfn-guard long. */
const NARROW = 8;

/** A mutant and what noticed it so far. */
interface Looked {
  readonly mutant: Mutant;
  readonly killers: readonly Killer[];
  /** For each region where anything changed the rules that look at it. */
  readonly questions: readonly Question[];
}

/**
 * Judges mutants by everything but cfn-lint. Only the rules that look at something that changed are asked: those of few types in the
 * first region, and for mutants that nothing has noticed then the others, and the other regions.
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
    const narrow = await this.askGuard(looked, ({ questions }) => questions.slice(0, 1).map((question) => ({ ...question, rules: question.rules.filter(isNarrow) })));
    const all = await this.askGuard(narrow, ({ killers, questions }) =>
      killers.length > 0 ? [] : questions.map((question, region) => (region === 0 ? { ...question, rules: question.rules.filter((rule) => !isNarrow(rule)) } : question)),
    );
    return all.map(({ killers }) => killers);
  }

  /** Runs the steps that need no program, and prepares what to ask cfn-guard. */
  private async look(mutant: Mutant, index: number): Promise<Looked> {
    const { project, store, waivers, today } = this.setting;
    const original = this.originals.get(nameOf(mutant.template));
    if (!original) throw new Error(`${nameOf(mutant.template)} is not among the environments that are mutated`);
    const subject = original.mutated(mutant);
    const { findings } = await runSteps(subject, { project, store, waivers, today, jobs: 1, steps: everyStep.filter((step) => !programs.includes(step)) });
    const questions = inputsOf(subject.resolve()).flatMap((input): readonly Question[] => {
      const changes = changesBetween(this.inputs.get(inputName(input))?.body.Resources ?? {}, input.body.Resources);
      if (changes.length === 0) return [];
      const resources = new TypedResources(input.body.Resources);
      const rules = this.rules.filter((rule) => looksAt(rule, changes) && resources.typesFor(rule).length > 0);
      return rules.length === 0 ? [] : [{ input: { ...input, environment: `${input.environment}.${index}` }, resources, rules }];
    });
    return { mutant, killers: killersOf(findings, this.known), questions };
  }

  /** Asks cfn-guard about mutants, and adds what it noticed. */
  private async askGuard(looked: readonly Looked[], questionsOf: (one: Looked) => readonly Question[]): Promise<readonly Looked[]> {
    const asked = looked.map((one) => ({ one, questions: questionsOf(one).filter(({ rules }) => rules.length > 0) }));
    const verdicts = await this.verdictsOn(asked.flatMap(({ questions }) => questions));
    return asked.map(({ one, questions }) => ({ ...one, killers: [...one.killers, ...this.guardKillers(one.mutant, questions, verdicts)] }));
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

  private guardKillers({ template: { system, environment } }: Mutant, questions: readonly Question[], verdicts: ReadonlyMap<GuardInput, Verdicts>): readonly Killer[] {
    const findings = questions.flatMap(({ input, rules }): Finding[] => {
      const answers: Verdicts = new Map(rules.map(({ name }) => [name, verdicts.get(input)?.get(name) ?? didNotApply]));
      return guardFindings(rules, [{ input: { ...input, environment }, verdicts: answers }]);
    });
    const { waivers, today } = this.setting;
    return killersOf(applyWaivers(findings, waivers, { scope: [{ system, environment }], today, complete: false }).findings, this.known);
  }
}

function isNarrow({ types }: GuardRule): boolean {
  return types.length <= NARROW;
}

function inputsOf({ environments }: Resolution): readonly GuardInput[] {
  return environments.flatMap(guardInputs);
}

function nameOf({ system, environment }: { readonly system: string; readonly environment: string }): string {
  return `${system}/${environment}`;
}
