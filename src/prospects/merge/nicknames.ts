/** First names one person may go by, folded: French and English, a group a line. A short name may stand in several. */
const GROUPS = `
alexandre alex
alexandra alex sandra
alexander alex
andrew andy drew
angela angie
anthony tony
antoine tony anthony
benedicte bene
benjamin ben
benoit ben
caroline caro
catherine katherine kathryn cathy kathy kate katie
charles charlie chuck
charlotte charlie lotte
christian chris
christine chris
christophe christopher chris
daniel dan danny
david dave
deborah deb debbie
dominique dom
donald don
edouard edward ed eddy eddie ted
elisabeth elizabeth liz beth betty lisa
emmanuel manu
emmanuelle manu
eric erik erick
etienne stephane
florence flo
florent flo
francis frank
francois franck
frederic frederick fred freddy
frederique fred
gabriel gab gabe
genevieve gen
geoffroy geoffrey jeffrey jeff
gregoire greg
gregory greg
guillaume william
isabelle isa isabel
jacques jacky
james jim jimmy jamie
jennifer jen jenny
jeremie jeremy
jerome jerry
jessica jess
john johnny jack
jonathan jon nathan
joseph joe jo
joshua josh
julien ju
kenneth ken kenny
lawrence laurence larry
ludovic ludo
margaret maggie meg peggy
matthieu mathieu matthew matt
maxime max
maximilien max
michael mike mickael mick
michel mich
mohamed mohammed muhammad mehmet momo
nathalie natalie nat
nathaniel nate
nicholas nicolas nico nick
olivier oliver oli
pamela pam
patricia pat patty
patrick pat
philippe philip phil
raphael raph rafael
raymond ray
rebecca becky
richard rick ricky dick
robert rob bob bobby
ronald ron
samuel sam
sebastien sebastian seb
simon sim
stephane steph stefan
stephanie steph
steven stephen steve
susan sue suzanne
sylvain sylv
theodore theo ted
thibault thibaut thibaud
thomas tom tommy
timothy tim
valerie val
veronique vero
victor vic
vincent vince
virginie virg
walter walt
william will bill billy liam
yohann yoann johan
zacharie zachary zach zack
`;

const groupsOf = new Map<string, Set<number>>();
GROUPS.trim()
  .split('\n')
  .forEach((line, group) => {
    for (const name of line.split(' ')) groupsOf.set(name, (groupsOf.get(name) ?? new Set()).add(group));
  });

/** Whether two folded first names may be one person's: "bill" and "william", "fred" and "frederic". */
export function isNickname(one: string, other: string): boolean {
  const others = groupsOf.get(other);
  return (
    one !== other && others !== undefined && [...(groupsOf.get(one) ?? [])].some((group) => others.has(group))
  );
}

/** One name for each group a first name belongs to; itself when it is in none. */
export function nicknameGroups(name: string): string[] {
  const groups = groupsOf.get(name);
  return groups === undefined ? [name] : [...groups].map((group) => `~${group}`);
}
