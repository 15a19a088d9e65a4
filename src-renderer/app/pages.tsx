/** Which page is where. */
import { Route, Switch } from 'wouter';
import { AccountPage } from '../account/account-page.tsx';
import { WaitingPage } from '../custody/waiting-page.tsx';
import { DashboardPage } from '../dashboard/dashboard-page.tsx';
import { ContactSupportPage } from '../help/contact-support-page.tsx';
import { HelpPage } from '../help/help-page.tsx';
import { AddIncidentPage } from '../incident/add-incident-page.tsx';
import { IncidentPage } from '../incident/incident-page.tsx';
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
      <Route path={PLACES.waiting}>
        <WaitingPage />
      </Route>
      <Route path={PLACES.addIncident}>
        <AddIncidentPage />
      </Route>
      <Route path="/incidents/:incidentId">
        {/* The key: the next alert's incident is another page, with its own heading. */}
        {({ incidentId }) => <IncidentPage key={incidentId} incidentId={incidentId} />}
      </Route>
      <Route>
        <DashboardPage />
      </Route>
    </Switch>
  );
}
