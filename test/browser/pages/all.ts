/** Every page in its states. What is added here is looked at by pages.test.ts: its words, axe, a phone's width, pictures. */
import { applicationQuestionPages } from './application-questions.ts';
import { applicationPages } from './applications.ts';
import { groupPages } from './groups.ts';
import { homePages } from './home.ts';
import { importPages } from './import.ts';
import { insightPages } from './insights.ts';
import { logPages } from './log.ts';
import { longNamePages } from './long-names.ts';
import { peoplePages } from './people.ts';
import { portalPages } from './portal.ts';
import { provisioningPages } from './provisioning.ts';
import { questionPages } from './questions.ts';
import { restrictedPages } from './restricted.ts';
import { settingPages } from './settings.ts';
import type { PageState } from './settlement.ts';
import { shellPages } from './shell.ts';
import { ssoPages } from './sso.ts';
import { userPages } from './users.ts';

export const pages: readonly PageState[] = [
  ...homePages,
  ...userPages,
  ...groupPages,
  ...applicationPages,
  ...ssoPages,
  ...provisioningPages,
  ...peoplePages,
  ...importPages,
  ...logPages,
  ...insightPages,
  ...settingPages,
  ...shellPages,
  ...questionPages,
  ...applicationQuestionPages,
  ...restrictedPages,
  ...portalPages,
  ...longNamePages,
];
