/** How the commands of a file are found: in the values of its keys, or line by line. Scripts and Dockerfiles are read as what they are. */
export type CommandFormat = 'yaml' | 'text';

/**
 * The one list of files that may hold commands of a build or a deployment, by what they are; null for all others. Which YAML
 * files do is told by their text alone: platforms and people call them as they like.
 */
export function commandFormat(path: string, text: () => string): CommandFormat | null {
  if (isElsewhere.test(path)) return null;
  if (isTextPath(path)) return 'text';
  if (isYaml(path)) return callsPrograms.test(text()) ? 'yaml' : null;
  return path.endsWith('.json') && isTaskDefinition(text()) ? 'yaml' : null;
}

/** YAML by its name, an example to copy included. */
export function isYaml(path: string): boolean {
  return /\.ya?ml(?:\.(?:example|sample|dist))?$/.test(path);
}

/** JSON that tells a platform what its containers run, such as the task definitions of ECS: it reads as YAML. */
function isTaskDefinition(text: string): boolean {
  return /"(?:command|entryPoint)"\s*:\s*\[/.test(text) && callsPrograms.test(text);
}

/** Whether a file is of a format whose commands are read line by line: make files, programs, settings of platforms, templates of YAML. */
export function isTextPath(path: string): boolean {
  return textFiles.test(path) && !/(?:^|\/)(?:package-lock|composer)\.json$/.test(path);
}

const isElsewhere = /(?:^|\/)(?:deps|node_modules|test|tests|fixtures?|docs?|examples?|priv\/(?!scripts\/)[^/]+)\//;

/** What rules ask commands for. */
const callsPrograms =
  /\b(?:mix|elixir|npm|npx|yarn|pnpm|webpack|brunch|distillery|release_ctl|nodetool|foreground)\b|\bbin\/[\w.$@{}-]+|[\w-]+\.sh\b/;

const textFiles = new RegExp(
  [
    String.raw`(?:^|\/)(?:Procfile[\w.-]*|(?:GNU)?[Mm]akefile|\.?[Jj]ustfile|Earthfile|Jenkinsfile[\w.-]*|Vagrantfile|Capfile|Rakefile|Fastfile|crontab)$`,
    String.raw`(?:^|\/)(?:nixpacks|railway|heroku|buildspec|captain-definition|wercker|app|now|vercel|netlify)\.(?:toml|json)$`,
    String.raw`(?:^|\/)captain-definition$|(?:^|\/)[\w-]*buildspec\.ya?ml[\w.-]*$`,
    String.raw`(?:^|\/)(?:phoenix_static_buildpack|elixir_buildpack)\.config$|(?:^|\/)package\.json$|(?:^|\/)compile$`,
    String.raw`(?:^|\/)fly[\w.-]*\.toml$|(?:^|\/)supervisord?[\w.-]*\.(?:conf|ini)$`,
    String.raw`\.(?:mk|just|cue|nix|tf|hcl|nomad|service|rb|rake|groovy|ps1|bat|j2|erb|tpl)$`,
    String.raw`(?:^|\/)(?:charts?|helm)\/.*\.(?:ya?ml|config)$`,
  ].join('|'),
);
