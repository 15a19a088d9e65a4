/** S37: the categories that a school starts with, held against the guide's own words. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listCategories } from '../../src-shared/contract/category.ts';
import type { Larkfield } from '../testing/larkfield.ts';
import { openLarkfield } from '../testing/larkfield.ts';

/** Section 7 of the guide, as it stands there. */
const GUIDE = `Admission · Attendance (Holiday in Term Time, Internal Monitoring, Legal Action, Punctuality, Reduced Timetable, Student Absence Communication) · Behaviour (Against Peers, Against Staff, Behaviour in School, Behaviour out of School, Suspension, Permanent Exclusion, Removal from Class, Positive Behaviour, Prohibited Items, Sleuth Data) · Cause for Concern (Emotional Related, Manual Handling Concern, Neglect Related, Physical Related, Presentation/Hygiene, Sexual Related) · Child on Child (Bullying, Online, Physical, Prejudice-based/Discriminatory, Racial/Racist, Sexual, Verbal) · Child Protection (Care Plan, Care Team Meeting, CIN Meeting, CIN Plan, Core Group Meeting, CP Conference, CP Plan, LAC, LAC Review/CIC Meeting, PEP Meeting, Strategy Discussion Meeting) · Contact with External Agency (Email, Face to Face Conversation, Face to Face Meeting, Telephone Call, Text Message, Virtual Meeting) · Contact with Parents (Email, Face to Face Conversation, Face to Face Meeting, Home Visit, Telephone Call, Text Message, Virtual Meeting) · Friendship Related Issues · Home Issues (Bereavement, Financial Hardship, Parent Separation, Parental Substance Misuse, Parenting Issues) · Medical (Allergies, Ambulance Phoned, Asthma, Communication with CCNs, Epi-pen, First Aid, Medication Concern, Medicine Administered, Mobility and Physio Concern, Phone Call Home) · Mental Health and Wellbeing (Anxiety, Depression, Eating Disorder, Self Harm, Substance Abuse, Suicidal Thoughts) · Near Miss · RSHE · Safeguarding Concern (CAF, CSE, Domestic Violence, FGM, Grooming, MASH Referral, Radicalisation/Extremism, TAF) · SEND (1:1 Support, EHCP, Observation, School Support) · Sexual Harassment (Language, Sexting, Sexualised Behaviour, Upskirting) · Transition · Transport · URGENT`;

let school: Larkfield;
beforeAll(async () => {
  school = await openLarkfield();
});
afterAll(() => school.close());

test('S37 a new school has the guide’s categories, 20 at the top and 90 below, in its order', async () => {
  const { categories } = await school.ask('teacher', listCategories);
  const tops = categories.filter(({ parentId }) => parentId === null);
  const written = tops.map((top) => {
    const below = categories.filter(({ parentId }) => parentId === top.id);
    return below.length === 0
      ? top.name
      : `${top.name} (${below.map(({ name }) => name).join(', ')})`;
  });
  expect(written.join(' · ')).toBe(GUIDE);
  expect([tops.length, categories.length - tops.length]).toEqual([20, 90]);
});

test('parents come before their children, and URGENT alone is urgent', async () => {
  const { categories } = await school.ask('teacher', listCategories);
  const seen = new Set<string>();
  for (const { id, parentId } of categories) {
    expect(parentId === null || seen.has(parentId)).toBe(true);
    seen.add(id);
  }
  expect(categories.filter(({ isUrgent }) => isUrgent).map(({ name }) => name)).toEqual(['URGENT']);
});

test('an archived category cannot be chosen any more, nor can what stands below it', async () => {
  school.sqlite
    .prepare("UPDATE category SET archived_at = '2026' WHERE name = 'SEND' AND parent_id IS NULL")
    .run();
  const { categories } = await school.ask('teacher', listCategories);
  expect(categories).toHaveLength(110 - 5);
  expect(categories.map(({ name }) => name)).not.toContain('EHCP');
});
