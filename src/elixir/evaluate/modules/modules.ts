import type { HostModule } from '../evaluator.ts';
import { applicationModule } from './application.ts';
import { calendarModules } from './calendar.ts';
import { configModule, mixConfigModule, repoModule } from './config.ts';
import { eexModule } from './eex.ts';
import { enumModule } from './enum.ts';
import { fileModule } from './file.ts';
import { certificatesModule, httpModule, jsonModules, publicKeyModule, uriModule } from './http.ts';
import { ioModule } from './io.ts';
import { kernelModule } from './kernel.ts';
import { keywordModule } from './keyword.ts';
import { accessModule, listModule, tupleModule } from './list.ts';
import { macroModule } from './macro.ts';
import { mapModule } from './map.ts';
import { mixGeneratorModule, mixModule, mixProjectModule, mixTaskModule, rebarModule, shellModule } from './mix.ts';
import { codeModule, moduleModule } from './module.ts';
import { optionParserModule } from './option-parser.ts';
import { pathModule } from './path.ts';
import { rangeModule } from './range.ts';
import { regexModule } from './regex.ts';
import { atomModule, integerModule, stringModule } from './string.ts';
import {
  baseModule,
  binaryModule,
  codeServerModule,
  cryptoModule,
  erlangModule,
  osModule,
  systemModule,
} from './system.ts';
import { loggerModule, processModule, taskModule } from './task.ts';
import { versionModule } from './version.ts';
import { zipModule } from './zip.ts';

/** Every module of Elixir and Erlang that evaluated code may use. */
const modules: readonly HostModule[] = [
  accessModule,
  applicationModule,
  atomModule,
  baseModule,
  binaryModule,
  ...calendarModules,
  certificatesModule,
  codeModule,
  codeServerModule,
  configModule,
  cryptoModule,
  eexModule,
  enumModule,
  erlangModule,
  fileModule,
  httpModule,
  integerModule,
  ioModule,
  ...jsonModules,
  kernelModule,
  keywordModule,
  listModule,
  loggerModule,
  macroModule,
  mapModule,
  mixConfigModule,
  mixGeneratorModule,
  mixModule,
  mixProjectModule,
  mixTaskModule,
  moduleModule,
  optionParserModule,
  osModule,
  pathModule,
  processModule,
  publicKeyModule,
  rangeModule,
  rebarModule,
  regexModule,
  repoModule,
  shellModule,
  stringModule,
  systemModule,
  taskModule,
  tupleModule,
  uriModule,
  versionModule,
  zipModule,
];

const byName = new Map(modules.map((module) => [atomName(module.name), module]));

/** `Enum` is the atom `Elixir.Enum`, `:crypto` is `crypto`. */
function atomName(name: string): string {
  return name.startsWith(':') ? name.slice(1) : `Elixir.${name}`;
}

/** A module by the name of its atom. */
export function libraryModule(name: string): HostModule | undefined {
  return byName.get(name);
}
