/** The whole API, by name: what the server serves, what the tests go through one by one. */
import { listAgencies } from './agency.ts';
import { listAlerts, markAlertRead, undoAlertRead } from './alert.ts';
import { listCategories } from './category.ts';
import { enrolComputer, listForgotten, listLacking } from './computer.ts';
import { listDraftsElsewhere, tellDrafts } from './draft.ts';
import type { Endpoint } from './endpoint.ts';
import { listGroups } from './group.ts';
import { completeHeld, fileHeld, listHeld, readHeld } from './held.ts';
import {
  listAssigned,
  listHistory,
  listRecentlyViewed,
  readEarlierActions,
  readIncident,
} from './incident.ts';
import { recoverDraftKey, registerKey } from './key.ts';
import { changePassword, requestReset, setPasswordByCode } from './password.ts';
import { savePreferences } from './preference.ts';
import { readSession, renewSession, signIn, signOut, signOutEverywhere } from './session.ts';
import { listStaff } from './staff.ts';
import { listStudents } from './student.ts';

export const api = {
  signIn,
  readSession,
  renewSession,
  signOut,
  signOutEverywhere,
  requestReset,
  setPasswordByCode,
  changePassword,
  savePreferences,
  listStaff,
  listStudents,
  listGroups,
  listCategories,
  listAgencies,
  listAlerts,
  markAlertRead,
  undoAlertRead,
  readIncident,
  readEarlierActions,
  listAssigned,
  listHistory,
  listRecentlyViewed,
  enrolComputer,
  listLacking,
  listForgotten,
  registerKey,
  recoverDraftKey,
  tellDrafts,
  listDraftsElsewhere,
  listHeld,
  readHeld,
  completeHeld,
  fileHeld,
} as const satisfies Readonly<Record<string, Endpoint>>;

export type EndpointName = keyof typeof api;
