/** Every route of the API, noun by noun. A test holds that each endpoint of the contract is here. */
import { agencyRoutes } from './agency/routes.ts';
import { alertRoutes } from './alert/routes.ts';
import { categoryRoutes } from './category/routes.ts';
import { computerRoutes } from './computer/routes.ts';
import { draftRoutes } from './draft/routes.ts';
import { groupRoutes } from './group/routes.ts';
import { heldRoutes } from './held/routes.ts';
import type { House, Route } from './http/route.ts';
import { incidentRoutes } from './incident/routes.ts';
import { keyRoutes } from './key/routes.ts';
import type { PasswordTools } from './password/reset.ts';
import { passwordRoutes } from './password/routes.ts';
import { preferenceRoutes } from './preference/routes.ts';
import { sessionRoutes } from './session/routes.ts';
import { staffRoutes } from './staff/routes.ts';
import { studentRoutes } from './student/routes.ts';

export function allRoutes(house: House, tools: PasswordTools): Route[] {
  return [
    ...sessionRoutes(house, tools.hasher),
    ...passwordRoutes(house, tools),
    ...preferenceRoutes(house),
    ...staffRoutes(house),
    ...studentRoutes(house),
    ...groupRoutes(house),
    ...categoryRoutes(house),
    ...agencyRoutes(house),
    ...alertRoutes(house),
    ...incidentRoutes(house),
    ...computerRoutes(house),
    ...keyRoutes(house),
    ...draftRoutes(house),
    ...heldRoutes(house),
  ];
}
