/** The school as its signed-in staff see it: of its settings, only what is theirs to see (R48). */
import type { School } from '../../src-shared/contract/school.ts';
import type { Settings } from '../settings.ts';

export function schoolView(settings: Settings): School {
  const { school } = settings;
  return {
    name: school.name,
    timeZone: school.timeZone,
    safeguardingContact: school.safeguardingContact,
    support: school.support,
    userGuide: school.userGuide,
    frequentQuestions: school.frequentQuestions,
    sentences: school.sentences,
    showsOpenedByTeam: school.showsOpenedByTeam,
    escrow: school.escrow,
  };
}
