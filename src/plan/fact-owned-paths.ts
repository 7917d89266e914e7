import { membersOf } from '../facts/extract/project.ts';
import type { Project } from '../project/project.ts';

/**
 * Generated paths whose changes facts decide on, key by key: `mix.exs`, config, the Application module and the endpoint.
 * Without generated text the router and the dispatch module as well. Only what the project has: what is missing is a
 * new file like any other.
 */
export function factOwnedPaths(project: Project, withTexts: boolean): Set<string> {
  const { names, umbrella, tree, webFiles } = project;
  const web = umbrella ? `apps/${names.webApp}/` : '';
  const webDirectory = `${web}lib/${names.webApp === names.app ? `${names.app}_web` : names.webApp}`;
  const paths = new Set(['mix.exs']);
  for (const { app, member } of membersOf(project)) {
    const directory =
      member === null || member === 'root' ? '' : `apps/${member === 'web' ? names.webApp : names.app}/`;
    paths.add(`${directory}mix.exs`);
    if (app.application === null) continue;
    paths.add(member === 'web' ? `${webDirectory}/application.ex` : `${directory}lib/${names.app}/application.ex`);
  }
  for (const name of ['config', 'dev', 'test', 'prod', 'runtime', 'prod.secret']) {
    if (name === 'runtime' || tree.has(`config/${name}.exs`)) paths.add(`config/${name}.exs`);
  }
  // Before 1.4.4 each app of an umbrella had its own; what they set is set all the same.
  for (const path of tree.paths) if (umbrella && /^apps\/[^/]+\/config\/[^/]+\.exs$/.test(path)) paths.add(path);
  if (webFiles.endpoint !== null) paths.add(`${webDirectory}/endpoint.ex`);
  if (withTexts) return paths;
  if (webFiles.router !== null) paths.add(`${webDirectory}/router.ex`);
  if (webFiles.web !== null) paths.add(`${webDirectory}.ex`);
  return paths;
}
