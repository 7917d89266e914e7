import type { MixProject, Project } from '../../project/project.ts';
import type { Member } from '../area.ts';
import type { Fact } from '../fact.ts';
import { configFacts } from './config.ts';
import { endpointFacts } from './endpoint.ts';
import { mixFacts } from './mix.ts';
import { releaseFacts } from './release.ts';
import { supervisionFacts } from './supervision.ts';
import { routerFacts, webFacts } from './web.ts';

/** Every fact that a project states in its Elixir, Docker and release files, area by area, in the order of the files. */
export function projectFacts(project: Project): Fact[] {
  const { tree, webFiles } = project;
  const web: Member | null = project.umbrella ? 'web' : null;
  const read = (path: string | null, facts: (text: string, file: string, member: Member | null) => Fact[]) => {
    const text = path === null ? undefined : tree.read(path);
    return text === undefined || path === null ? [] : facts(text, path, web);
  };
  return [
    ...membersOf(project).flatMap(({ app, member }) => mixFacts(app, member)),
    ...configFacts(project.config),
    ...membersOf(project).flatMap(({ app, member }) => childFacts(project, app, member)),
    ...read(webFiles.endpoint, endpointFacts),
    ...read(webFiles.router, routerFacts),
    ...read(webFiles.web, webFacts),
    ...releaseFacts(tree),
  ];
}

/** The Mix projects that the generator writes: one, or an umbrella's root and its two apps. */
export function membersOf(project: Project): { app: MixProject; member: Member | null }[] {
  if (!project.umbrella) return [{ app: project.root, member: null }];
  const members: { app: MixProject; member: Member }[] = [
    { app: project.root, member: 'root' },
    { app: project.core, member: 'core' },
    { app: project.web, member: 'web' },
  ];
  return members.filter(({ app, member }) => member !== 'core' || app !== project.web);
}

/** The app that a member of an umbrella stands for. Where one app is all, what the generator divides is in that one. */
export function appOf(project: Project, member: Member | null): MixProject {
  if (member === 'core') return project.core;
  return membersOf(project).find((one) => one.member === member)?.app ?? project.root;
}

function childFacts(project: Project, app: MixProject, member: Member | null): Fact[] {
  const text = app.application === null ? undefined : project.tree.read(app.application);
  return text === undefined || app.application === null ? [] : supervisionFacts(text, app.application, member);
}
