import { debianNumber, imageVersions } from '../../docker/image.ts';
import type { Instruction, Stage } from '../../docker/model.ts';
import { chain, roleName, rolesOf } from '../../docker/stages.ts';
import { supportEnded } from '../../docker/support.ts';
import type { FindingContext } from '../context.ts';
import { eachOnce } from '../finding.ts';
import { type ProjectRule, type Sighting, sighting } from '../rule.ts';
import { type DockerFile, doable, dockerRule, isDevelopment } from './docker-file.ts';
import { lineEdit } from './line-edits.ts';

/** Whether an image is kept up to date, is checked, and gets the arguments that it is built with. */
export const imageCareRules: readonly ProjectRule[] = [
  dockerRule('image-end-of-life', unsupported),
  dockerRule('image-health-check', healthCheck),
  dockerRule('argument-out-of-stage', lostArguments),
];

/** Stages on a system that gets no more security updates; those of development aside. */
function unsupported({ path, dockerfile }: DockerFile, { target }: FindingContext): Sighting[] {
  if (isDevelopment(path, dockerfile)) return [];
  const findings = dockerfile.stages.flatMap(({ resolved, from, base }) => {
    const system = base ? null : systemOf(resolved);
    const since = system && supportEnded(system.name, system.release);
    // Of a Debian that the target has left behind it is said there.
    if (!system || !since || (system.name === 'Debian' && target.debian !== null)) return [];
    const message = `${system.name} ${system.release} gets no security updates since ${since}: build and run on one that does, the same in every stage`;
    return [{ path, line: from.line, message }];
  });
  return sighting(eachOnce(findings));
}

/** The system that an image's name tells. */
function systemOf(image: string): { readonly name: string; readonly release: string } | null {
  const { debian, alpine } = imageVersions(image);
  const number = debian === null ? null : debianNumber(debian);
  if (number !== null) return { name: 'Debian', release: String(number) };
  if (alpine !== null && alpine !== 'latest')
    return { name: 'Alpine', release: alpine.split('.').slice(0, 2).join('.') };
  const [, ubuntu] = /(?:^|\/)ubuntu:(\d\d\.\d\d)/.exec(image) ?? /-ubuntu-[a-z]+-(\d\d\.\d\d)/.exec(image) ?? [];
  return ubuntu === undefined ? null : { name: 'Ubuntu', release: ubuntu };
}

/** How long the app may take to boot before a check counts it for broken. */
const bootSeconds = 20;

/** A check whose program the image does not have, or that gives up before the app can have booted. */
function healthCheck({ path, dockerfile }: DockerFile): Sighting[] {
  const shipped = dockerfile.stages.at(-1);
  const check = shipped?.instructions.findLast(({ keyword }) => keyword === 'HEALTHCHECK');
  if (!shipped || !check || isDevelopment(path, dockerfile) || /^NONE\b/.test(check.text)) return [];
  const missing = missingProgram(shipped, check);
  const flag = (name: string, usual: number) => seconds(check.flags.find((one) => one.name === name)?.value) ?? usual;
  const patience = flag('start-period', 0) + flag('interval', 30) * flag('retries', 3);
  const messages = [
    ...(missing === null
      ? []
      : [
          `${missing} is not in this image, so the check fails always: install it, or call the release, bin/NAME rpc ":ok"`,
        ]),
    ...(patience < bootSeconds
      ? [`gives up ${patience} s after the start: --start-period=30s waits for the boot`]
      : []),
  ];
  const place = { path, line: check.line };
  const waits = patience < bootSeconds ? lineEdit(place, dockerfile.text, withStartPeriod) : [];
  return sighting(
    messages.map((message) => ({ ...place, message })),
    waits,
  );
}

function withStartPeriod(own: string): readonly string[] {
  const given = /--start-period=\S+/;
  return [
    given.test(own) ? own.replace(given, '--start-period=30s') : own.replace(/HEALTHCHECK/i, '$& --start-period=30s'),
  ];
}

/** `curl` or `wget` where the system does not come with it and nothing installs or copies it. */
function missingProgram(stage: Stage, check: Instruction): string | null {
  const image = (chain(stage).at(-1) ?? stage).resolved;
  const isDebian = /(?:^|\/)debian:/.test(image);
  const isAlpine = /(?:^|\/)alpine:/.test(image);
  const called = ['curl', 'wget'].find((name) => new RegExp(String.raw`(?<![\w/-])${name}\b`).test(check.text));
  if (called === undefined || !(isDebian || (isAlpine && called === 'curl'))) return null;
  const others = chain(stage).flatMap(({ instructions }) => instructions.filter((one) => one !== check));
  const isBrought = others.some(
    ({ keyword, text }) => keyword !== 'CMD' && keyword !== 'ENTRYPOINT' && text.includes(called),
  );
  return isBrought ? null : called;
}

/** `30s`, `1m`, `3`; null for what is none. */
function seconds(value: string | null | undefined): number | null {
  const [, number, unit = 's'] = /^(\d+)(ms|s|m)?$/.exec(value ?? '') ?? [];
  if (number === undefined) return null;
  return Number(number) * (unit === 'm' ? 60 : unit === 'ms' ? 0.001 : 1);
}

/** Arguments from before the first `FROM` that a stage uses without declaring them: they are empty there. */
function lostArguments({ path, dockerfile }: DockerFile): Sighting[] {
  const given = new Set(dockerfile.args.flatMap(({ properties }) => properties.map(({ name }) => name)));
  const roles = rolesOf(dockerfile);
  return dockerfile.stages.flatMap((stage) =>
    [...given].flatMap((name) => {
      if (ownNames.test(name)) return [];
      const declared = chain(stage).some(({ instructions }) =>
        instructions.some(
          ({ keyword, properties }) => /^(?:ARG|ENV)$/.test(keyword) && properties.some((one) => one.name === name),
        ),
      );
      const used = declared ? undefined : stage.instructions.find((one) => usesVariable(one, name));
      if (!used) return [];
      const message = `$${name} is empty here: ARG ${name} before the first FROM is known to FROM alone; declare ARG ${name} in this stage, too`;
      const edit = {
        kind: 'docker-put' as const,
        path,
        stage: roleName(roles, stage),
        key: `arg.${name}`,
        value: '',
        after: [],
      };
      return sighting([{ path, line: used.line, message }], doable(dockerfile.text, edit));
    }),
  );
}

/** Names that images of languages set themselves. */
const ownNames = /^(?:NODE|YARN|ELIXIR|OTP|REBAR3?|RUST|GOLANG|RUBY|PYTHON|PG)_VERSION$/;

/** Whether an instruction asks for a variable that it does not set itself. */
function usesVariable(instruction: Instruction, name: string): boolean {
  const asks = new RegExp(String.raw`(?<![\\$])\$(?:\{${name}\}|${name}(?!\w))`);
  const sets = new RegExp(
    String.raw`(?:^|[\s;&(])(?:export\s+)?${name}=|\bread\s+(?:-\w+\s+)*${name}\b|\bfor\s+${name}\s+in\b`,
  );
  const isUsed = /^(?:RUN|COPY|ADD|ENV|WORKDIR|USER|LABEL|EXPOSE)$/.test(instruction.keyword);
  return isUsed && !instruction.heredoc && asks.test(instruction.text) && !sets.test(instruction.text);
}
