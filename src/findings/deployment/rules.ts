import { otherEngineRules } from '../code/other-engines.ts';
import { authRules } from '../generated/auth-rules.ts';
import type { ProjectRule } from '../rule.ts';
import { assetRules } from './asset-rules.ts';
import { backupRules } from './backup-rules.ts';
import { clusterRules } from './cluster-rules.ts';
import { configRules } from './config-rules.ts';
import { containerRules } from './container-rules.ts';
import { databaseRules } from './database-rules.ts';
import { distilleryRules } from './distillery-rules.ts';
import { dockerBuildRules } from './docker-build-rules.ts';
import { dockerImageRules } from './docker-image-rules.ts';
import { dockerStartRules } from './docker-start-rules.ts';
import { drainRules } from './drain-rules.ts';
import { flyRules } from './fly-rules.ts';
import { herokuRules } from './heroku-rules.ts';
import { imageCareRules } from './image-care-rules.ts';
import { instanceRules } from './instance-rules.ts';
import { migrationRules } from './migration-rules.ts';
import { productionRules } from './production-rules.ts';
import { releaseRules } from './release-rules.ts';
import { runningCodeRules } from './running-code-rules.ts';
import { serverRules } from './server-rules.ts';
import { versionRules } from './version-rules.ts';

/** Every rule that looks at a project as a whole: how it is configured, built and run, and what no other rule reads. */
export const projectRules: readonly ProjectRule[] = [
  ...configRules,
  ...runningCodeRules,
  ...distilleryRules,
  ...releaseRules,
  ...dockerStartRules,
  ...dockerBuildRules,
  ...dockerImageRules,
  ...imageCareRules,
  ...versionRules,
  ...flyRules,
  ...herokuRules,
  ...containerRules,
  ...serverRules,
  ...productionRules,
  ...drainRules,
  ...clusterRules,
  ...instanceRules,
  ...databaseRules,
  ...migrationRules,
  ...backupRules,
  ...assetRules,
  ...otherEngineRules,
  ...authRules,
];
