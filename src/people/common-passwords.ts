/**
 * What common passwords are made of: the words, names and walks over the keyboard that lead every published list of leaked
 * passwords. A password of twelve characters and more is common where it is nothing but a few of these, with digits and
 * signs around them (`Password123!`, `qwertyuiop12`, `Summer2024Summer`), also with digits written for letters (`P4ssw0rd`).
 */
const ROOTS = new Set(
  `
password passwort passwd passphrase passcode motdepasse contrasena senha wachtwoord parola haslo geheim secret secreto private pass
admin administrator administrador root user username login logon signin guest test tester testing demo default changeme change
letmein letmeinnow openup open access welcome willkommen bienvenue bienvenido benvenuto hello hallo hola bonjour goodbye hey
master manager owner system server service support office company business corporate internet computer laptop desktop windows
microsoft apple google facebook instagram twitter youtube linkedin amazon netflix spotify yahoo hotmail gmail outlook adobe android
samsung nokia sony iphone linux ubuntu oracle cisco dell lenovo rollcall webmaster network database mysql postgres operator temp
temporary new old first last the my me you is i in it and of for to am its this that our your not now
qwerty qwertz azerty qwertyuiop qwertzuiop azertyuiop asdfgh asdfghjkl asdf asdfg asdfghjk zxcvbn zxcvbnm zxcv yxcvbnm qwer qwert
qazwsx qazwsxedc qazwsxedcrfv wsxedc edcrfv zaqxsw poiuytrewq lkjhgfdsa mnbvcxz qweasd qweasdzxc asdzxc qwe asd zxc qaz wsx edc
1qaz2wsx 1qaz2wsx3edc 1qaz2wsx3edc4rfv 2wsx3edc 1q2w3e 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y q1w2e3r4 q1w2e3r4t5 q1w2e3r4t5y6 zaq12wsx
zaq1xsw2 1qazxsw2 abc123 a1b2c3 a1b2c3d4 a1b2c3d4e5f6 qwe123 asd123 zxc123 aa123456 abcd1234 q1w2e3
abc abcd abcde abcdef abcdefg abcdefgh abcdefghi abcdefghij abcdefghijk abcdefghijkl abcdefghijklm aaa bbb xxx zzz
one two three four five six seven eight nine ten zero onetwothree onetwothreefour
iloveyou iloveyousomuch ilove iloveu loveyou love lovely lover loveme loveyoubaby mylove trueloves truelove iloveme iloveit iloveher
ihateyou hateyou fuckyou fuckoff fuck bitch asshole bullshit sexy sex hotsex porn pussy
baby babygirl babyboy babe princess prince queen king angel angels angelo honey sweetheart sweetie darling sunshine sunflower flower
flowers butterfly rainbow chocolate cookie cookies candy sugar cupcake cheese cheeseburger pizza hamburger banana orange strawberry
cherry apples mango peaches pumpkin pepper ginger coffee whiskey corona
monkey dragon tiger lion eagle eagles falcon wolf wolves bear bears panther shark dolphin dolphins horse horses puppy kitten kitty
doggy dog cat turtle rabbit bunny spider snake phoenix unicorn penguin elephant chicken bird birdie buster max bella charlie lucky
football fussball futbol soccer baseball basketball hockey golf golfer tennis cricket volleyball softball swimming skateboard snowboard
arsenal chelsea liverpool liverpoolfc manchester manchesterunited manutd barcelona realmadrid madrid juventus milan bayern celtic rangers
everton newcastle ajax steelers cowboys yankees redsox lakers packers patriots raiders broncos giants dodgers cubs
superman batman spiderman ironman wonderwoman pokemon pikachu naruto goku dragonball sasuke starwars skywalker jedi yoda darthvader
matrix terminator gandalf hobbit frodo harrypotter hogwarts potter minecraft fortnite roblox playstation nintendo mario zelda xbox
warcraft worldofwarcraft starcraft counterstrike callofduty halo tekken sonic gamer games hunter killer ninja samurai warrior
soldier sniper assassin pirate wizard magic legend hero thunder lightning storm hurricane tornado fire firefly ice snow snowball
monster rock rockstar rocknroll metal metallica slipknot nirvana blink linkinpark linkin park greenday eminem tupac beatles acdc ironmaiden
guitar guitarhero piano music musical dancer dance disney mickey mickeymouse minnie tinkerbell hellokitty winnie winniethepooh tigger
spring summer autumn winter fall january february march april may june july august september october november december
fruehling sommer herbst monday tuesday wednesday thursday friday saturday sunday weekend today tomorrow yesterday birthday christmas
halloween holiday vacation newyear easter
america american usa canada england scotland ireland london paris berlin hamburg muenchen germany deutschland france italia italy espana
spain portugal brasil brazil mexico argentina colombia india pakistan china japan tokyo russia poland polska australia newyork
chicago boston dallas texas florida california miami vegas lasvegas denver phoenixaz philadelphia sydney earth moon sun star stars
black white red blue green yellow purple pink silver golden gold diamond crystal platinum shadow dark darkness darkside light midnight
blackcat whitecat redred bluesky greenapple
jesus jesuschrist jesuslovesme jesusislord iamjesus christ christian god godisgood godislove iloveGod lovegod bible faith hope heaven
blessed blessing amen allah bismillah muhammad mohammed
michael michelle jennifer jessica ashley amanda daniel daniela david andrew andrea anthony antonio joshua matthew christopher christina
nicole nicholas elizabeth stephanie samantha alexander alexandra alexandre alejandro alexis alex jonathan jordan justin brandon robert
roberto richard ricardo william thomas martin martina patrick patricia peter paul george john johnny jack james charles carlos jose juan
maria mariana marina marie anna angela angelica hannah laura sarah sandra susanne julia julian juliana karina carolina caroline victoria
veronica vanessa monica rebecca rachel natalie natasha sophia sophie emma olivia oliver lucas louis gabriel gabriela rafael fernando
francisco francesco giovanni giuseppe alessandro stefan stefano sebastian benjamin tobias florian andreas thorsten juergen wolfgang
harley ferrari porsche mercedes bmw audi mustang camaro corvette chevrolet chevy ford toyota honda yamaha suzuki kawasaki ducati mercedesbenz
trustno freedom forever forgetme remember rememberme always never whatever nothing something everything everyone anyone someone nobody
friend friends bestfriend bestfriends friendship family familia mother father mom dad mommy daddy mama papa sister brother brothers son
daughter husband wife teacher student school college university doctor nurse police soldieroffortune
happy happiness smile smiley laugh peace paradise dream dreamer dreams believe success winner lucky luckyone money millionaire
dollar dollars cash rich power powerful energy internetexplorer passwordpassword interesting incorrect invalid wrong right correct
blahblah blah lalala hahaha yeah cool coolest awesome amazing beautiful gorgeous pretty handsome crazy stupid idiot loser fatboy
cowboy cowgirl player playboy bigboy biggirl bigdaddy badboy badgirl goodboy goodgirl mybaby myangel myfamily mylife mydog mycat myname
mypassword mypass mysecret yourpassword thepassword newpassword oldpassword passwordis password1is nopassword adminadmin rootroot
`
    .trim()
    .toLowerCase()
    .split(/\s+/),
);

const LONGEST = Math.max(...[...ROOTS].map((root) => root.length));
const MOST_ROOTS = 3;

const LETTERS: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** `p4ssw0rd` as `password`. */
const asLetters = (text: string): string => text.replace(/[013457@$!]/g, (sign) => LETTERS[sign] ?? sign);

/** Whether a text is at most so many roots, with anything that is no letter between. */
function isMadeOfRoots(text: string, most = MOST_ROOTS): boolean {
  const [first = ''] = text;
  if (first === '') return true;
  if (!/\p{L}/u.test(first) && isMadeOfRoots(text.slice(first.length), most)) return true;
  if (most === 0) return false;
  const lengths = Array.from({ length: Math.min(LONGEST, text.length) }, (_, index) => index + 1);
  return lengths.some(
    (length) => ROOTS.has(text.slice(0, length)) && isMadeOfRoots(text.slice(length), most - 1),
  );
}

const OUTER_SIGNS = /^[^\p{L}]+|[^\p{L}]+$/gu;

/** Whether a password is one that is tried first; nothing but digits and signs counts as such. */
export function isCommonPassword(password: string): boolean {
  const text = password.toLowerCase();
  return [text, asLetters(text), asLetters(text.replace(OUTER_SIGNS, ''))].some((form) =>
    isMadeOfRoots(form),
  );
}
