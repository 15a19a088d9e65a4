/**
 * What staff of the demo school wrote: short, factual, and nothing that would hurt to read.
 * `{name}` is the student, `{friend}` another student who is linked, `{lesson}`, `{place}` and
 * `{adult}` are filled in at random.
 */

export interface ConcernKind {
  readonly weight: number;
  /** "Parent / Child", or the parent alone. */
  readonly categories: readonly string[];
  readonly texts: readonly string[];
  readonly agencies?: readonly string[];
  readonly isUrgent?: true;
}

export const LESSONS =
  'registration|mathematics|reading|PE|art|science|assembly|the last lesson|tutor time|music|swimming'.split(
    '|',
  );
export const PLACES =
  'the playground|the dining hall|the library|the corridor by the hall|the bus bay|reception|the field|the cloakroom'.split(
    '|',
  );
export const ADULTS =
  'mum|dad|their grandmother|their aunt|their foster carer|an older brother'.split('|');

export const CONCERNS: readonly ConcernKind[] = [
  {
    weight: 9,
    categories: ['Cause for Concern / Emotional Related'],
    texts: [
      '{name} was quiet in {lesson} and did not want to join in. When I asked if everything was all right, {name} said "I just feel a bit sad today" and would not say more. I said I was there if they wanted to talk.',
      '{name} came into {lesson} in tears. They told me they had not slept. They were able to settle after ten minutes in the reading corner.',
      'In {place} {name} said they did not want to go home at the end of the day. I asked why and they shrugged. I did not ask further questions. They left with {adult} as usual.',
      '{name} has asked to stay in at break every day this week. Today they said that they find {place} too loud. No other reason was given.',
    ],
  },
  {
    weight: 6,
    categories: ['Cause for Concern / Presentation/Hygiene'],
    texts: [
      '{name} came in today without a coat for the third time this week. It was 4 degrees. I lent one from lost property. {name} said the coat "is at the other house".',
      '{name} had the same unwashed jumper on as last week and was embarrassed when another child remarked on it. I moved the conversation on and spoke to {name} quietly afterwards.',
      '{name} was very tired in {lesson} and fell asleep at the table. They said they had been up late looking after a younger sibling.',
    ],
  },
  {
    weight: 5,
    categories: ['Cause for Concern / Neglect Related'],
    texts: [
      '{name} had no lunch and said there was nothing in for breakfast. The kitchen gave a hot meal. I telephoned home and left a message.',
      '{name} was not collected until 4.35 pm. Both numbers we hold went to voicemail. {adult} arrived and said there had been a mix-up about who was collecting.',
    ],
  },
  {
    weight: 4,
    categories: ['Cause for Concern / Physical Related'],
    texts: [
      'While changing for PE I noticed a bruise on the back of {name}\u2019s left forearm, about the size of a two pence piece, yellow at the edge. {name} said they had fallen off a scooter on Sunday. I did not ask any leading questions.',
      '{name} has a graze on the right knee and said it happened on the way to school. First aid was given and logged. I mention it because the explanation differed from what they told a friend.',
    ],
  },
  {
    weight: 8,
    categories: ['Attendance / Punctuality'],
    texts: [
      '{name} arrived at 9.25 and missed {lesson} again. This is the fourth late mark in two weeks. {name} said the bus had not come.',
      '{name} was late and said they had been taking a younger sibling to nursery first. They seemed worried about being in trouble; I reassured them.',
    ],
  },
  {
    weight: 5,
    categories: [
      'Attendance / Student Absence Communication',
      'Contact with Parents / Telephone Call',
    ],
    texts: [
      'Telephoned home about {name}\u2019s absence on the second day. Spoke to {adult}, who said {name} has a temperature and will be back on Thursday.',
      'No reason had been given for {name}\u2019s absence. {adult} rang back at 10.15 and said they had overslept; {name} was in by period 3.',
    ],
  },
  {
    weight: 7,
    categories: ['Child on Child / Verbal'],
    texts: [
      '{name} told me that {friend} has been calling them names in {place} since half term. {name} gave two examples and said it happens "most days". I have asked the duty staff to keep an eye out.',
      'There was an argument between {name} and {friend} in {place}. Both were spoken to apart. {name} said it started in a group chat over the weekend.',
    ],
  },
  {
    weight: 5,
    categories: ['Child on Child / Online'],
    texts: [
      '{name} showed me messages in a group chat in which {friend} and others made unkind remarks about how {name} looks. I did not take copies. I said that telling me was the right thing to do.',
      '{name} reported that somebody has made an account with their photograph on it. They do not know who. They are upset, and have told {adult}.',
    ],
  },
  {
    weight: 3,
    categories: ['Child on Child / Prejudice-based/Discriminatory'],
    texts: [
      'A remark was made to {name} in {lesson} about their religion. The student who made it was spoken to and the remark challenged in front of those who had heard it. {name} said it had happened once before.',
    ],
  },
  {
    weight: 6,
    categories: ['Friendship Related Issues'],
    texts: [
      '{name} and {friend} have fallen out and {name} spent lunch alone in {place}. I suggested the lunch club and {name} said they would try it tomorrow.',
      '{name} said that they have "no one to sit with any more" since {friend} moved table. They smiled when I suggested the library helpers.',
    ],
  },
  {
    weight: 6,
    categories: ['Behaviour / Behaviour in School'],
    texts: [
      '{name} walked out of {lesson} without permission and was found in {place} five minutes later. They said they needed some air. This is out of character.',
      '{name} was short-tempered all morning and threw a pencil case. Afterwards they apologised without being asked.',
    ],
  },
  {
    weight: 4,
    categories: ['Behaviour / Positive Behaviour'],
    texts: [
      '{name} looked after a new student in {place} all week and made sure they had somebody to sit with. I telephoned home to say how pleased we are.',
      '{name} handed in a purse found in {place} and asked that nobody make a fuss. A quiet thank you was given.',
    ],
  },
  {
    weight: 5,
    categories: ['Home Issues / Parent Separation'],
    texts: [
      '{name} told me that dad moved out at the weekend. They are staying with mum in the week. They asked whether school would "still send the letters to both".',
      '{adult} rang to let us know that the family is living at two addresses from now on and asked us to watch out for {name} over the coming days.',
    ],
  },
  {
    weight: 4,
    categories: ['Home Issues / Bereavement'],
    texts: [
      '{name}\u2019s grandfather died on Saturday. {name} wanted to come in and see friends. {adult} asks that all staff know, and that {name} may leave lessons when they need to.',
      'A year since {name} lost a close relative. They were thoughtful in {lesson} and asked to light a candle in the quiet room, which we did.',
    ],
  },
  {
    weight: 4,
    categories: ['Home Issues / Financial Hardship'],
    texts: [
      '{adult} spoke to me at the gate about the cost of the residential. I explained the hardship fund and said it is confidential. {name} does not know about the conversation.',
      '{name} said the heating at home has been off since Friday. I passed this on at once as there is a baby in the house.',
    ],
    agencies: ['Citizens Advice'],
  },
  {
    weight: 5,
    categories: ['Mental Health and Wellbeing / Anxiety'],
    texts: [
      '{name} had to leave {lesson} because their heart was racing. They used the breathing card and came back after fifteen minutes. They said tests are "the worst part of everything".',
      '{name} told me that they feel sick on Sunday nights. We agreed that they start the day in the pastoral room this week.',
    ],
    agencies: ['School Nursing Service'],
  },
  {
    weight: 2,
    categories: ['Mental Health and Wellbeing / Depression'],
    texts: [
      '{name} said that nothing feels fun any more and that they have stopped going to football. They gave permission for me to tell the safeguarding team. I told them what happens next.',
    ],
    agencies: ['CAMHS'],
  },
  {
    weight: 5,
    categories: ['Medical / First Aid'],
    texts: [
      '{name} collided with another student in {place} and had a bump on the forehead. Cold compress, note sent home, {adult} informed by telephone.',
      '{name} felt faint in {lesson}. Water and a rest in the medical room; back in class after twenty minutes.',
    ],
  },
  {
    weight: 3,
    categories: ['Medical / Asthma'],
    texts: [
      '{name} needed their inhaler after PE and it was empty. The spare was used. {adult} will bring a new one tomorrow.',
    ],
  },
  {
    weight: 4,
    categories: ['SEND / 1:1 Support', 'SEND / Observation'],
    texts: [
      'Observed {name} in {lesson} for twenty minutes. They manage well with the task board and found the change of room hard. Suggest five minutes\u2019 notice of any change.',
    ],
  },
  {
    weight: 4,
    categories: ['Contact with Parents / Face to Face Conversation'],
    texts: [
      '{adult} came to the gate and said that {name} has been worried about {lesson}. I thanked them for telling us and said I would talk to the class team.',
    ],
  },
  {
    weight: 3,
    categories: [
      'Contact with External Agency / Virtual Meeting',
      'Child Protection / CIN Meeting',
    ],
    texts: [
      'Attended the meeting about {name} on line. Attendance is better, the plan continues, next review in six weeks. The minutes will follow from the social worker.',
    ],
    agencies: ['Children\u2019s Social Care'],
  },
  {
    weight: 2,
    categories: ['Safeguarding Concern / Domestic Violence'],
    texts: [
      'An Operation Encompass notice was received for {name}\u2019s household this morning. {name} is in school, was greeted by name at the gate and is with their class. All who teach them today have been asked to be gentle with them.',
    ],
    agencies: ['Police', 'Children\u2019s Social Care'],
  },
  {
    weight: 2,
    categories: ['Safeguarding Concern / MASH Referral'],
    texts: [
      'Referral about {name} made by telephone at 11.20 and confirmed in writing. Consent was given by {adult}. Awaiting a decision within one working day.',
    ],
    agencies: ['MASH'],
  },
  {
    weight: 2,
    categories: ['Transition'],
    texts: [
      '{name} visits us from September and is nervous about {place}. A second visit with {friend} as buddy has been arranged.',
    ],
  },
  {
    weight: 2,
    categories: ['Transport'],
    texts: [
      'The driver reports that {name} was unsettled on the journey and asked for a different seat. The escort will sit beside them from tomorrow.',
    ],
  },
  {
    weight: 2,
    categories: ['Near Miss'],
    texts: [
      'The side gate was found unlocked at 8.50. {name} had walked in through it alone. Nobody was hurt. The lock has been checked and the rota changed.',
    ],
  },
  {
    weight: 1,
    categories: ['URGENT', 'Cause for Concern / Emotional Related'],
    texts: [
      '{name} told me in {place} that they are frightened to go home today. I said that I would tell somebody whose job it is to help, and have stayed with them. They are in the pastoral room now.',
    ],
    agencies: ['Children\u2019s Social Care'],
    isUrgent: true,
  },
];

export const ACTIONS: readonly string[] = [
  'Spoke to {name} at break. They were more cheerful and said that things had been better since Monday. Will check in again on Friday.',
  'Telephoned home and spoke to {adult}, who thanked us for calling. Agreed to keep each other informed.',
  'Discussed in the weekly safeguarding meeting. To be monitored; no further step at present.',
  'A place in the breakfast club was offered and accepted. Starts tomorrow.',
  'All who teach {name} have been asked to keep a friendly eye and to record anything they notice.',
  'Met with {adult} in school. A plan for the mornings was agreed and written down; copy given.',
  'Restorative conversation held. Both listened to each other and agreed what will be different.',
  'Referred to the school\u2019s counsellor with {name}\u2019s agreement. First session is next week.',
  'Spoke to the school nurse, who will see {name} on Wednesday.',
  'No change. Checked in with {name} in {lesson}; they did not want to talk and know where to find me.',
  'Consulted the duty social worker, who advised us to continue our support and to ring again if anything changes.',
  'A uniform voucher was given through the hardship fund, discreetly.',
  'Attendance for the past fortnight is 100 %. Told {name} how pleased we are.',
  'Seating plan changed in three subjects. Will look at it again after half term.',
  'Reviewed and closed: the aims were met and {name} says they are happy with how things are.',
];
