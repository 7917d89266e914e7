import { programsOf, scriptCommands } from '../../docker/shell.ts';
import { mixTasks } from '../../docker/stages.ts';
import type { FindingContext } from '../context.ts';
import { type ProjectRule, type Sighting, sighting } from '../rule.ts';
import { graceMessage } from './container-rules.ts';
import { isOnDistillery } from './distillery-config.ts';
import { doable } from './docker-file.ts';
import { systemCommand } from './former-calls.ts';
import { lineEdit, withValue } from './line-edits.ts';
import { type PlatformFile, platformRule } from './platform-file.ts';
import { startsApp } from './production.ts';
import { releaseName } from './release-name.ts';

/** What runs the app on servers of one's own. */
export const serverRules: readonly ProjectRule[] = [
  platformRule('systemd-unit', /\.service$/, systemd),
  platformRule('systemd-grace', /\.service$/, systemdGrace, 'kubernetes-grace'),
  platformRule(
    'nginx-websocket',
    /(?:^|\/)nginx[^/]*\.conf$|(?:^|\/)nginx\/.*(?:\.conf|sites-\w+\/[^/]+)$|\.nginx$/,
    nginx,
  ),
];

/** Units that call commands of Distillery, or Mix. */
function systemd({ path, text }: PlatformFile, { build, names }: FindingContext): Sighting[] {
  const isOwn = (program = '') => program.endsWith(`/${releaseName(names, build)}`);
  return text.split('\n').flatMap((line, index) => {
    const [, key = '', command = ''] = /^\s*(Exec\w+)\s*=\s*[-@:+!]*(.*)$/.exec(line) ?? [];
    // As long as Distillery is there, they change along with it.
    const words = isOnDistillery(build) ? [] : (programsOf(scriptCommands(command))[0] ?? []);
    const call = systemCommand(words);
    const mix = programsOf(scriptCommands(command)).some((words) => mixTasks(words).length > 0);
    if (!key || (!call && !mix)) return [];
    const message = call
      ? `${key}: ${call.message}`
      : `${key} starts the app through Mix; a release has bin/server: ExecStart=/path/to/release/bin/server`;
    const operations =
      call?.becomes && isOwn(words[0])
        ? doable(text, { kind: 'command-words', path, words, becomes: call.becomes })
        : [];
    return sighting([{ path, line: index + 1, message }], operations);
  });
}

/** Units of a release that are killed before they have answered. */
function systemdGrace({ path, text }: PlatformFile): Sighting[] {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => /^\s*TimeoutStopSec\s*=\s*\d+s?\s*$/.test(line));
  const seconds = Number(/\d+/.exec(lines[at] ?? '')?.[0]);
  const starts = lines.some((line) => {
    const command = /^\s*ExecStart\s*=/.test(line) ? line.slice(line.indexOf('=') + 1) : '';
    return programsOf(scriptCommands(command)).some(startsApp);
  });
  if (at === -1 || seconds >= 10 || !starts) return [];
  const place = { path, line: at + 1 };
  const message = graceMessage(seconds, 'TimeoutStopSec=30');
  return sighting(
    [{ ...place, message }],
    lineEdit(place, text, (own) => withValue(own, '30')),
  );
}

/** Proxied locations whose server never passes on the upgrade to a websocket. */
function nginx({ path, text }: PlatformFile): Sighting[] {
  const lines = text.split('\n').map((line) => line.replace(/#.*/, ''));
  const proxy = lines.findIndex((line) => /\bproxy_pass\b/.test(line));
  const upgrades =
    /proxy_set_header\s+upgrade\s+\$http_upgrade/i.test(lines.join('\n')) &&
    /proxy_set_header\s+connection\b/i.test(lines.join('\n'));
  if (proxy === -1 || upgrades) return [];
  const message =
    'Upgrade and Connection are not passed on: websockets of LiveView and channels fail; write beside it proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";';
  const place = { path, line: proxy + 1 };
  // With several proxied locations only a person knows which of them serve the app.
  const isOnly = lines.filter((line) => /\bproxy_pass\b/.test(line)).length === 1;
  const isSaid = lines.some((line) => /\bproxy_http_version\b|proxy_set_header\s+(?:upgrade|connection)\b/i.test(line));
  const edit = isOnly && !isSaid ? lineEdit(place, text, withUpgrade) : [];
  return sighting([{ ...place, message }], edit);
}

function withUpgrade(own: string): readonly string[] | null {
  const [, space] = /^(\s*)proxy_pass\s[^;]+;\s*(?:#.*)?$/.exec(own) ?? [];
  if (space === undefined) return null;
  return [
    own,
    `${space}proxy_http_version 1.1;`,
    `${space}proxy_set_header Upgrade $http_upgrade;`,
    `${space}proxy_set_header Connection "upgrade";`,
  ];
}
