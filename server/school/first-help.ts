/**
 * The User Guide and FAQ that a school starts with. They are copied into its configuration by
 * `init` and are the school's own from then on (school.userGuide, school.frequentQuestions).
 */
import type { HelpEntry } from '../../src-shared/contract/school.ts';

export const FIRST_USER_GUIDE: HelpEntry[] = [
  {
    heading: 'Signing in for the first time',
    text:
      'Nobody gives you a password: you choose your own. On the sign-in page press “Forgotten your password or using Meadowlark for the first time?”, type your school e-mail address and press Reset Password.\n\n' +
      'You get an e-mail with a code and a link. Type the code in Meadowlark, or open the link on any computer or phone, and choose a password. Three random words, such as a colour, a tool and an animal, are easy to remember and hard to guess.\n\n' +
      'The code and the link work once, until midnight of the same day. If they have expired, ask for a new e-mail.',
  },
  {
    heading: 'If a child may be at risk now',
    text: 'Do not wait for anybody to read what you type. Tell the safeguarding lead in person or by telephone first, then record it here.',
  },
  {
    heading: 'Adding an incident',
    text:
      'Press Add Incident at the top of any page. Begin typing the student’s name and choose the student from the list: look at the class and year, as two students may share a name.\n\n' +
      'Write what you saw and heard, accurately and specifically, in the student’s own words where you can. Spell names exactly as in the school’s register. Choose at least one category, and set the date and time to when it happened.\n\n' +
      'The safeguarding team is always alerted. You can alert colleagues as well: those marked in red, and in words, would not normally be able to see the incident. The line above Submit Incident tells who will be told.\n\n' +
      'Until you press Submit Incident, nobody has been told.',
  },
  {
    heading: 'Alerts',
    text:
      'When a colleague alerts you, you get an e-mail, and the alert stands on your dashboard and is counted on the bell. The e-mail says who alerted you but not about whom: open Meadowlark on a school computer to read it.\n\n' +
      'Press the word Incident (or action) in the alert to open it. Next alert takes you to the next one.',
  },
  {
    heading: 'Marking as read',
    text:
      'Mark as read says that you have taken note. Unless you belong to the safeguarding team, you cannot open the incident again afterwards, so add any action first. If you pressed it by mistake, you can undo it for ten seconds.\n\n' +
      'If you need to see it again later, ask the safeguarding team to alert you again.',
  },
  {
    heading: 'Adding an action',
    text: 'Below an incident, Add Action records what you did about it: what was done, when, and whom you want to alert. You can add an action while your alert to that incident is unread.',
  },
  {
    heading: 'Leaving the computer',
    text: 'Press LOGOUT before you leave a computer. Without any typing or scrolling you are signed out after fifteen minutes; a form that you were filling in is kept and waits for your password.',
  },
];

export const FIRST_QUESTIONS: HelpEntry[] = [
  {
    heading: 'Who can read what I submit?',
    text: 'The safeguarding team, and the colleagues whom you or the team alert until they mark it as read. You can read your own report, as you wrote it, for seven days.',
  },
  {
    heading: 'Why do I not see what was done about my report?',
    text: 'Actions are shown to those who are alerted to them. If you do not see an action, it does not mean that none has taken place. Ask a member of the safeguarding team if you have any question.',
  },
  {
    heading: 'I made a mistake in something I submitted.',
    text: 'What has been submitted is not changed. Tell the safeguarding team, or add an action that puts it right.',
  },
  {
    heading: 'The e-mail did not come.',
    text: 'Look in the junk folder, and check that you typed the address that the school holds for you. Each new e-mail replaces the one before: use the newest. If none comes, use Contact Support.',
  },
  {
    heading: 'I was told to wait before I can try again.',
    text: 'After several wrong passwords Meadowlark makes everyone wait a little longer each time, so that nobody can guess yours. Nothing is lost. You can choose a new password at any time by e-mail.',
  },
  {
    heading: 'I cannot find a student or a colleague in the list.',
    text: 'The lists come from the school’s register. Try another part of the name. If somebody is missing, use Contact Support; if it is urgent, tell the safeguarding team in person.',
  },
];
