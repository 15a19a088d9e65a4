/**
 * The categories that a school starts with (guide section 7, S37): 20 at the top and 90 below, in
 * the guide's order and spelling. A school edits its own from there.
 */

export interface FirstCategory {
  readonly name: string;
  readonly below: readonly string[];
  readonly isUrgent?: true;
}

export const FIRST_CATEGORIES: readonly FirstCategory[] = [
  { name: 'Admission', below: [] },
  {
    name: 'Attendance',
    below: [
      'Holiday in Term Time',
      'Internal Monitoring',
      'Legal Action',
      'Punctuality',
      'Reduced Timetable',
      'Student Absence Communication',
    ],
  },
  {
    name: 'Behaviour',
    below: [
      'Against Peers',
      'Against Staff',
      'Behaviour in School',
      'Behaviour out of School',
      'Suspension',
      'Permanent Exclusion',
      'Removal from Class',
      'Positive Behaviour',
      'Prohibited Items',
      'Sleuth Data',
    ],
  },
  {
    name: 'Cause for Concern',
    below: [
      'Emotional Related',
      'Manual Handling Concern',
      'Neglect Related',
      'Physical Related',
      'Presentation/Hygiene',
      'Sexual Related',
    ],
  },
  {
    name: 'Child on Child',
    below: [
      'Bullying',
      'Online',
      'Physical',
      'Prejudice-based/Discriminatory',
      'Racial/Racist',
      'Sexual',
      'Verbal',
    ],
  },
  {
    name: 'Child Protection',
    below: [
      'Care Plan',
      'Care Team Meeting',
      'CIN Meeting',
      'CIN Plan',
      'Core Group Meeting',
      'CP Conference',
      'CP Plan',
      'LAC',
      'LAC Review/CIC Meeting',
      'PEP Meeting',
      'Strategy Discussion Meeting',
    ],
  },
  {
    name: 'Contact with External Agency',
    below: [
      'Email',
      'Face to Face Conversation',
      'Face to Face Meeting',
      'Telephone Call',
      'Text Message',
      'Virtual Meeting',
    ],
  },
  {
    name: 'Contact with Parents',
    below: [
      'Email',
      'Face to Face Conversation',
      'Face to Face Meeting',
      'Home Visit',
      'Telephone Call',
      'Text Message',
      'Virtual Meeting',
    ],
  },
  { name: 'Friendship Related Issues', below: [] },
  {
    name: 'Home Issues',
    below: [
      'Bereavement',
      'Financial Hardship',
      'Parent Separation',
      'Parental Substance Misuse',
      'Parenting Issues',
    ],
  },
  {
    name: 'Medical',
    below: [
      'Allergies',
      'Ambulance Phoned',
      'Asthma',
      'Communication with CCNs',
      'Epi-pen',
      'First Aid',
      'Medication Concern',
      'Medicine Administered',
      'Mobility and Physio Concern',
      'Phone Call Home',
    ],
  },
  {
    name: 'Mental Health and Wellbeing',
    below: [
      'Anxiety',
      'Depression',
      'Eating Disorder',
      'Self Harm',
      'Substance Abuse',
      'Suicidal Thoughts',
    ],
  },
  { name: 'Near Miss', below: [] },
  { name: 'RSHE', below: [] },
  {
    name: 'Safeguarding Concern',
    below: [
      'CAF',
      'CSE',
      'Domestic Violence',
      'FGM',
      'Grooming',
      'MASH Referral',
      'Radicalisation/Extremism',
      'TAF',
    ],
  },
  { name: 'SEND', below: ['1:1 Support', 'EHCP', 'Observation', 'School Support'] },
  {
    name: 'Sexual Harassment',
    below: ['Language', 'Sexting', 'Sexualised Behaviour', 'Upskirting'],
  },
  { name: 'Transition', below: [] },
  { name: 'Transport', below: [] },
  { name: 'URGENT', below: [], isUrgent: true },
];
