/**
 * Names of many traditions, for people who do not exist. Forenames and surnames are each common
 * in their tradition and are combined at random. `weight` is each tradition's share of the school.
 */

export interface Tradition {
  readonly name: string;
  readonly weight: number;
  readonly forenames: readonly string[];
  readonly surnames: readonly string[];
  /** How a whole name is put together; `usual` is one forename and one surname. */
  readonly form: 'usual' | 'two surnames' | 'hyphenated';
}

function tradition(
  name: string,
  weight: number,
  forenames: string,
  surnames: string,
  form: Tradition['form'] = 'usual',
): Tradition {
  return { name, weight, forenames: forenames.split('|'), surnames: surnames.split('|'), form };
}

export const TRADITIONS: readonly Tradition[] = [
  // Many of these are words as well: a search for names in text has to live with them.
  tradition(
    'English',
    26,
    'Amber|Archie|Art|Autumn|Bethany|Bill|Charity|Charlotte|Christian|Crystal|Daisy|Daniel|Dawn|Drew|Elliot|Emily|Faith|Finley|Florence|Frank|George|Grace|Grant|Harriet|Harry|Hazel|Heath|Holly|Hope|Hunter|Iris|Isobel|Ivy|Jack|Jade|Jasmine|Joy|Lily|Mark|Mason|Max|May|Mercy|Miles|Oliver|Olivia|Pat|Pearl|Penny|Poppy|Reed|River|Robin|Rose|Rowan|Ruby|Sam|Skye|Sonny|Summer|Teddy|Thea|Violet|Will|Willow',
    'Archer|Baker|Banks|Bell|Best|Bishop|Brook|Brown|Carter|Church|Clay|Cook|Cross|Day|Dean|Field|Fisher|Fox|French|Friend|Frost|Gardner|Green|Hall|Hardy|Hill|Holmes|Hunt|King|Lake|Lamb|Little|Long|Marsh|Mason|Moss|Parks|Patience|Pike|Porter|Price|Reed|Rose|Sharp|Shepherd|Short|Smith|Stone|Summers|Swift|Walker|Ward|Waters|Webb|West|White|Winter|Wood|Young',
  ),
  tradition(
    'English, hyphenated',
    4,
    'Alfie|Anna-Mae|Ava-Rose|Billy-Joe|Ella-Louise|Freddie|Imogen|Lucy|Mary-Jane|Oscar|Phoebe|Tommy-Lee',
    'Ashby|Barrow|Clarke|Dunn|Ellis|Fenwick|Gray|Hartley|Ingham|Jarvis|Kendall|Lowe|Marlow|Nash|Osborne|Piper',
    'hyphenated',
  ),
  tradition(
    'Irish',
    5,
    'Aoife|Caoimhe|Ciara|Conor|Dáithí|Éabha|Eoin|Fionn|Gráinne|Niamh|Oisín|Órla|Pádraig|Róisín|Saoirse|Seán|Síofra|Tadhg',
    "O'Brien|O'Connor|O'Dowd|O'Keeffe|O'Neill|O'Sullivan|Byrne|Doyle|Gallagher|Kelly|Mac Carthaigh|McGrath|Murphy|Ní Bhriain|Nolan|Ó Briain|Quinn|Walsh",
  ),
  tradition(
    'Welsh',
    4,
    'Alys|Aneurin|Bethan|Carys|Cerys|Dafydd|Eirlys|Elin|Ffion|Gethin|Gwen|Iestyn|Llŷr|Lowri|Mari|Nia|Osian|Rhodri|Rhys|Siân|Siôn',
    'ap Rhys|Bevan|Davies|Evans|Griffiths|Hughes|Jones|Llewellyn|Lloyd|Morgan|Owen|Parry|Powell|Pritchard|Rees|Thomas|Vaughan',
  ),
  tradition(
    'Scottish',
    4,
    'Ailsa|Angus|Catriona|Duncan|Eilidh|Ewan|Fergus|Finlay|Fraser|Hamish|Iona|Isla|Kirsty|Lachlan|Mairi|Mhairi|Morag|Rory',
    "Campbell|Drummond|Fraser|Gillespie|Innes|Kerr|Macdonald|MacLeod|McAllister|McIntyre|M'Bain|Muir|Munro|Ramsay|Sinclair|Wallace",
  ),
  tradition(
    'Caribbean',
    5,
    'Amari|Anaya|Delroy|Imani|Jahmai|Jermaine|Kadeem|Keisha|Malachi|Marlon|Nevaeh|Shanice|Tafari|Tamika|Tianna|Zaria',
    'Baptiste|Bernard|Charles|Daley|Grant|Gordon|Hinds|Joseph|Lewis|Marshall|Pascal|Reid|Samuels|St. Clair|Toussaint|Wint',
  ),
  tradition(
    'Punjabi',
    5,
    'Amrit|Arjan|Baljit|Gurleen|Harjot|Harpreet|Ishaan|Jasleen|Jaspreet|Karanveer|Manpreet|Navjot|Prabhleen|Ranveer|Simran|Tejinder',
    'Bains|Dhillon|Gill|Grewal|Johal|Kaur|Mann|Sandhu|Sidhu|Singh|Virk',
  ),
  tradition(
    'Gujarati and Hindi',
    5,
    'Aarav|Aditi|Ananya|Anjali|Dev|Diya|Hari|Isha|Kavya|Krish|Meera|Nisha|Om|Priya|Rohan|Rishi|Sahil|Tara|Vivaan',
    'Agarwal|Bhatt|Chauhan|Desai|Gupta|Joshi|Kapoor|Mehta|Mistry|Nair|Pandya|Patel|Shah|Sharma|Trivedi|Verma',
  ),
  tradition(
    'Pakistani and Bangladeshi',
    8,
    'Aaliyah|Abdul Rahman|Aisha|Amina|Ayaan|Bilal|Fatima|Farhan|Hamza|Hafsa|Ibrahim|Inaya|Maryam|Mohammed|Muhammad|Nadia|Rukhsana|Safiya|Sumaiya|Tahmid|Yusuf|Zainab',
    'Ahmed|Akhtar|Ali|Aziz|Begum|Chowdhury|Hussain|Iqbal|Islam|Khan|Khatun|Mahmood|Miah|Malik|Rahman|Uddin|ul-Haq',
  ),
  tradition(
    'Tamil and Sinhala',
    2,
    'Abirami|Dilshan|Kavin|Kumari|Nirosha|Pradeepan|Thenuka|Tharshini|Vithusan|Yalini',
    'Balasubramaniam|Jayawardena|Kandasamy|Perera|Rajaratnam|Selvanayagam|Sivakumar|Wickramasinghe',
  ),
  tradition(
    'Polish',
    5,
    'Aleksandra|Bartłomiej|Błażej|Grzegorz|Jakub|Julia|Kacper|Łucja|Małgorzata|Michał|Oliwia|Paweł|Stanisław|Wiktoria|Wojciech|Zofia|Zuzanna',
    'Dąbrowska|Jabłoński|Kaczmarek|Kowalska|Kowalski|Krawczyk|Lewandowski|Mazur|Nowak|Pawłowska|Szczepański|Wiśniewska|Wójcik|Wróbel|Zając|Żak',
  ),
  tradition(
    'Romanian',
    3,
    'Alexandru|Andrei|Bianca|Călin|Cosmin|Daria|Ioana|Ionuț|Mădălina|Mihai|Rareș|Răzvan|Ștefania|Vlăduț',
    'Bălan|Ciobanu|Constantinescu|Diaconu|Dumitrescu|Ionescu|Lupu|Munteanu|Popa|Rusu|Șerban|Stănescu|Țăranu|Ungureanu',
  ),
  tradition(
    'Ukrainian',
    2,
    'Artem|Bohdan|Daryna|Kateryna|Khrystyna|Mariia|Maksym|Nazar|Oleksii|Solomiia|Sviatoslav|Yaryna|Zlata',
    'Bondarenko|Hrytsenko|Kovalenko|Kravchuk|Lysenko|Melnyk|Petrenko|Shevchuk|Lukʼyanenko|Tkachenko|Zakharchenko',
  ),
  tradition(
    'Greek and Cypriot',
    2,
    'Alexandros|Andreas|Chrysanthi|Dimitra|Eleni|Georgios|Kyriaki|Myrto|Nikolaos|Panagiota|Stavros|Theodora',
    'Christodoulou|Georgiou|Hadjigeorgiou|Ioannou|Kyriakides|Michaelides|Papadopoulos|Pavlou|Savvides|Theodorou',
  ),
  tradition(
    'Turkish',
    3,
    'Ayşe|Berkay|Çağla|Deniz|Ecrin|Elif|Emre|Gökhan|İpek|Kıvanç|Mehmet|Özge|Şebnem|Umut|Yağmur|Zeynep',
    'Akgün|Aydın|Çelik|Demir|Doğan|Güneş|Kaya|Öztürk|Şahin|Yıldırım|Yılmaz',
  ),
  tradition(
    'Arabic',
    5,
    "Abdulaziz|Ala'a|Dalal|Hala|Hassan|Jumana|Karim|Layla|Lina|Mazen|Nour|Omar|Rima|Sara|Tariq|Walid|Yasmin|Ziad",
    'Abu Bakr|Al-Amin|al-Din|Al-Hashimi|Barakat|Darwish|El-Sayed|Haddad|Hamdan|Ibn Salim|Khalil|Mansour|Najjar|Saleh|Zaki',
  ),
  tradition(
    'Somali',
    3,
    'Abdirahman|Ayaan|Cabdi|Farxiya|Guled|Hodan|Idil|Ifrah|Khadra|Liban|Mahad|Sagal|Ubah|Warsame|Yaasiin',
    'Abdi|Aden|Ali Nuur|Cali|Dirie|Farah|Guuleed|Hassan|Hirsi|Jama|Mohamud|Osman|Warsame|Yusuf',
  ),
  tradition(
    'Yoruba',
    4,
    'Adébáyọ̀|Ademola|Àbẹ̀ní|Ayọmide|Babatunde|Bọ́lá|Fẹ́mi|Folashade|Ìfẹ́|Kẹ́hìndé|Olúwaṣeun|Omolara|Ṣadé|Taiwo|Temitọpẹ|Tóbi',
    'Adébísí|Adéyẹmí|Afolabi|Ajayi|Akinwande|Balogun|Fagbemi|Ogunleye|Ọlátúnjí|Olusanya|Oyelaran|Ṣóbọ̀wálé',
  ),
  tradition(
    'Igbo',
    3,
    'Adaeze|Amarachi|Chiamaka|Chidiebere|Chukwuemeka|Ebele|Ifeanyi|Ijeoma|Kelechi|Ngozi|Nnamdi|Obinna|Ogechi|Uchenna',
    'Anyaegbu|Chukwu|Eze|Igwe|Madu|Nwachukwu|Nwosu|Obi|Okafor|Okoro|Onyekachi|Uzoma',
  ),
  tradition(
    'Ghanaian',
    2,
    'Abena|Akosua|Ama|Efua|Esi|Kofi|Kojo|Kwabena|Kwaku|Kwame|Yaa|Yaw',
    'Addo|Agyeman|Amoah|Appiah|Asante|Boateng|Frimpong|Mensah|Ofori|Owusu-Ansah|Sarpong',
  ),
  tradition(
    'Vietnamese',
    2,
    'Anh|Bảo|Đạt|Diệu|Dũng|Hạnh|Khôi|Linh|Minh|Ngọc|Phúc|Quỳnh|Thảo|Trang',
    'Bùi|Đặng|Đỗ|Hồ|Hoàng|Lê|Nguyễn|Phạm|Phan|Trần|Võ|Vũ',
  ),
  tradition(
    'Chinese',
    3,
    'Bo|Chun Kit|Hao Ran|Hiu Ying|Jia Yi|Ka Wai|Ling|Mei|Qing|Tsz Ching|Wing Yan|Xiu|Yi Xuan|Zi Han',
    'Chan|Cheung|Fung|He|Ho|Lam|Lau|Leung|Li|Lin|Lü|Ng|Ou Yang|Wong|Wu|Xu|Yip|Zhang|Zhao',
  ),
  tradition(
    'Portuguese',
    3,
    'Afonso|Beatriz|Bernardo|Catarina|Conceição|Duarte|Gonçalo|Inês|João|Leonor|Luísa|Matilde|Simão|Tomás',
    'Almeida|Araújo|Conceição|Costa|da Silva|de Sousa|dos Santos|Ferreira|Gonçalves|Magalhães|Marques|Nóbrega|Pereira|Simões',
    'two surnames',
  ),
  tradition(
    'Spanish',
    3,
    'Álvaro|Begoña|Camila|Íñigo|Joaquín|José María|Lucía|María Fernanda|Martín|Nicolás|Sofía|Valentina|Ximena',
    'Álvarez|Castillo|de la Fuente|Díaz|Fernández|García|Gómez|Hernández|López|Muñoz|Ortega|Peña|Ruiz|Vázquez|Zúñiga',
    'two surnames',
  ),
  tradition(
    'Jewish',
    2,
    'Adina|Ari|Avigail|Chana|Dov|Eliana|Noam|Rivka|Shmuel|Tamar|Yael|Yehuda|Zev',
    'Abramson|Ben-David|Cohen|Goldberg|Kaplan|Levi|Rosen|Rubin|Shapiro|Stern|Weiss',
  ),
  tradition(
    'Lithuanian and Latvian',
    1,
    'Agnė|Ąžuolas|Gabija|Jānis|Jurgis|Līga|Rūta|Žygimantas',
    'Bērziņš|Jankauskaitė|Kalniņa|Kazlauskas|Ozoliņš|Petrauskienė|Žukauskas',
  ),
];

/** Students who have one name only, written as both, the way registers do it. */
export const MONONYMS = ['Budi', 'Karma', 'Pasang', 'Suharto', 'Tenzin', 'Thiri', 'Wahyu', 'Zaw'];

/** What somebody is called instead of their forename. */
export const KNOWN_AS: Readonly<Record<string, string>> = {
  'Abdul Rahman': 'Rahman',
  Abdirahman: 'Abdi',
  Aleksandra: 'Ola',
  Alexandros: 'Alex',
  Babatunde: 'Tunde',
  Bartłomiej: 'Bartek',
  Charlotte: 'Lottie',
  Chukwuemeka: 'Emeka',
  Daniel: 'Danny',
  Florence: 'Flo',
  Georgios: 'George',
  Harriet: 'Hattie',
  Isobel: 'Izzy',
  'José María': 'Chema',
  Kateryna: 'Katya',
  Małgorzata: 'Gosia',
  Mohammed: 'Mo',
  Muhammad: 'Mo',
  Nikolaos: 'Nikos',
  Olúwaṣeun: 'Seun',
  'Wing Yan': 'Winnie',
};
