/** The kinds of page, as they stand in the window's title behind the school's name (guide, section 8). */
export const PAGE_TITLES = [
  'Login',
  'Reset Password',
  'Dashboard',
  'Recently Viewed',
  'Viewing Incident',
  'Add Incident',
  'Add Action',
  'Account Settings',
  'User Guide',
  'FAQ',
  'Contact Support',
  'Waiting to be sent',
  'Report a concern',
  'Locked',
] as const;

export type PageTitle = (typeof PAGE_TITLES)[number];
