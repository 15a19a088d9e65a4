/**
 * Which page is where. The screens come in as they are there: `DashboardPage()` of
 * dashboard/dashboard-page.tsx, `AddIncidentPage()` of incident/add-incident-page.tsx and
 * `IncidentPage({ incidentId: string })` of incident/incident-page.tsx.
 */
import { Route, Switch } from 'wouter';
import { AccountPage } from '../account/account-page.tsx';
import { ContactSupportPage } from '../help/contact-support-page.tsx';
import { HelpPage } from '../help/help-page.tsx';
import { PLACES } from './go.ts';

export function Pages() {
  return (
    <Switch>
      <Route path={PLACES.account}>
        <AccountPage />
      </Route>
      <Route path={PLACES.userGuide}>
        <HelpPage key="guide" of="userGuide" />
      </Route>
      <Route path={PLACES.frequentQuestions}>
        <HelpPage key="questions" of="frequentQuestions" />
      </Route>
      <Route path={PLACES.contactSupport}>
        <ContactSupportPage />
      </Route>
      <Route>
        <AccountPage />
      </Route>
    </Switch>
  );
}
