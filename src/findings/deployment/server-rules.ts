import { programsOf, scriptCommands } from '../../docker/shell.ts';
import { mixTasks } from '../../docker/stages.ts';
import { type ProjectRule, type Sighting, sighting } from '../rule.ts';
import { type PlatformFile, platformRule } from './platform-file.ts';

/** What runs the app on servers of one's own. */
export const serverRules: readonly ProjectRule[] = [
  platformRule('systemd-unit', /\.service$/, systemd),
  platformRule(
    'nginx-websocket',
    /(?:^|\/)nginx[^/]*\.conf$|(?:^|\/)nginx\/.*(?:\.conf|sites-\w+\/[^/]+)$|\.nginx$/,
    nginx,
  ),
];

/** Units that call commands of Distillery, or Mix. */
function systemd({ path, text }: PlatformFile): Sighting[] {
  return text.split('\n').flatMap((line, index) => {
    const [, key = '', command = ''] = /^\s*(Exec\w+)\s*=\s*[-@:+!]*(.*)$/.exec(line) ?? [];
    const old = /(?:^|\/)bin\/\S+\s+(foreground|console|reboot|upgrade|ping|start_boot)\b/.exec(command)?.[1];
    const mix = programsOf(scriptCommands(command)).some((words) => mixTasks(words).length > 0);
    if (!key || (!old && !mix)) return [];
    const message = old
      ? `${key} uses ${old}, a command of Distillery; a release has start, stop, restart, remote, eval and rpc`
      : `${key} starts the app through Mix; a release has bin/server`;
    return sighting([{ path, line: index + 1, message }]);
  });
}

/** Proxied locations whose server never passes on the upgrade to a websocket. */
function nginx({ path, text }: PlatformFile): Sighting[] {
  const lines = text.split('\n').map((line) => line.replace(/#.*/, ''));
  const proxy = lines.findIndex((line) => /\bproxy_pass\b/.test(line));
  const upgrades =
    /proxy_set_header\s+upgrade\s+\$http_upgrade/i.test(lines.join('\n')) &&
    /proxy_set_header\s+connection\b/i.test(lines.join('\n'));
  if (proxy === -1 || upgrades) return [];
  const message = 'Upgrade and Connection are not passed on: websockets of LiveView and channels fail';
  return sighting([{ path, line: proxy + 1, message }]);
}
