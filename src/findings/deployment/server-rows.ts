import { programsOf, scriptCommands } from '../../docker/shell.ts';
import { mixTasks } from '../../docker/stages.ts';
import { type Seen, seen } from './observation.ts';

/** Units that call commands of Distillery, or Mix. */
export function systemd(path: string, text: string): Seen[] {
  return text.split('\n').flatMap((line, index) => {
    const [, key = '', command = ''] = /^\s*(Exec\w+)\s*=\s*[-@:+!]*(.*)$/.exec(line) ?? [];
    const old = /(?:^|\/)bin\/\S+\s+(foreground|console|reboot|upgrade|ping|start_boot)\b/.exec(command)?.[1];
    const mix = programsOf(scriptCommands(command)).some((words) => mixTasks(words).length > 0);
    if (!key || (!old && !mix)) return [];
    const message = old
      ? `${key} uses ${old}, a command of Distillery; a release has start, stop, restart, remote, eval and rpc`
      : `${key} starts the app through Mix; a release has bin/server`;
    return seen('systemd-unit', [{ path, line: index + 1, message }]);
  });
}

/** Proxied locations whose server never passes on the upgrade to a websocket. */
export function nginx(path: string, text: string): Seen[] {
  const lines = text.split('\n').map((line) => line.replace(/#.*/, ''));
  const proxy = lines.findIndex((line) => /\bproxy_pass\b/.test(line));
  const upgrades =
    /proxy_set_header\s+upgrade\s+\$http_upgrade/i.test(lines.join('\n')) &&
    /proxy_set_header\s+connection\b/i.test(lines.join('\n'));
  if (proxy === -1 || upgrades) return [];
  const message = 'Upgrade and Connection are not passed on: websockets of LiveView and channels fail';
  return seen('nginx-websocket', [{ path, line: proxy + 1, message }]);
}
