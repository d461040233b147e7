import type { BounceKind } from './bounce-status.js';
import { TRANSLATED } from './translated-refusals.js';

/*
 * What mail systems say when they refuse, in the words of some forty of them. The order decides: a text that fits two
 * rules is what the first says. Each line is one cause; the words are matched in lower case, spaces run together.
 */

export interface RefusalRule {
  /** The cause, for whoever reads a table of bounces. */
  cause: string;
  kind: BounceKind;
  words: RegExp;
}

const rule = (cause: string, kind: BounceKind, ...words: RegExp[]): RefusalRule => ({
  cause,
  kind,
  words: new RegExp(words.map(({ source }) => source).join('|'), 'u'),
});

export const REFUSAL_RULES: readonly RefusalRule[] = [
  // Microsoft's front door for a name its directory does not know, whatever it calls it.
  rule('no such person', 'bounce_hard', /recipient address rejected: access denied/),
  rule(
    'the road there failed',
    'bounce_soft',
    /host not found, try again|\b421\b.{0,20}service not available|4\.4\.\d.{0,40}connection dropped|name service error .{0,80}try again|deferred: connection refused/,
  ),
  rule('account closed or asleep', 'bounce_hard', /(?:due to|because of|for|extended|prolonged) inactivity/),
  rule(
    'too much at once',
    'bounce_soft',
    /\baup#(?:lim|(?:in|out)-13|cx(?:mxrt|cnct|thrt))|\brl0000|rate limit exceeded|temporary rate limit|too many (?:concurrent |simultaneous )?(?:smtp )?(?:connections|sessions)|too many invalid recipients|connection rate limit/,
  ),
  rule(
    'sender refused',
    'sender_blocked',
    ...TRANSLATED['sender refused'],
    /groups\.google\.com\/support/,
    /sender address\b.{0,80}\bnot (?:a )?valid|sender\b.{0,60}\bnull ?mx|(?:sender|client|you) (?:was|were|is|are) not authenticated|outgoing (?:mail|message)s? .{0,80}(?:suspended|blocked|disabled)/,
    /resolver\.rst\.notauthorized|notauthori[sz]ed|delivery to this (?:address|group|recipient) is restricted|blocked senders?\b|(?:sender|my name) was rejected/,
    /sender(?:'s)?(?: e-?mail)?(?: address| domain)?(?: is| was| has been)? (?:rejected|refused|blacklisted|blocked|denied|not (?:allowed|found|accepted|verified)|does not exist|must exist|unverified)/,
    /(?:invalid|unknown|unroutable|unverified|bad|fake|forged) (?:envelope )?(?:sender|return[- ]path)|emetteur invalide|empty envelope sender|null sender/,
    /sender (?:verify|verification|callout|policy framework)|could not verify sender|cannot (?:verify|resolve) (?:your|the) (?:sender|domain)/,
    /domain of sender(?:'s)? address|sender(?:'s)? domain .{0,60}(?:exist|resolve|mx)|from: domain is invalid|email address is not verified/,
    /batv|backscatter protection|unsigned dsn|bouncedeny|returned mail not accepted|\bmail from .{0,60}(?:not owned|refused|rejected)/,
    /members?[- ]only|not allowed to post|non-?subscriber|not a (?:member|subscriber)|not on the list of|posting to .{0,40}not allowed|not pre-?approved|members only|permission to post|closed mailing list/,
    /(?:recipient|all recipient) addresses rejected ?: ?access denied|bad outbound sender|not a registered gateway user|administrative prohibition|senderfilterconfig|purported responsible/,
    /does not accept mail from|won't accept mail from|not accept(?:ing)? (?:mail|messages|email) from (?:you|this|the)|access to submit messages|rule imposed mailbox access/,
  ),
  rule(
    'virus',
    'bounce_soft',
    /(?<!spam or )\bvirus|infected|malware|trojan|dangerous (?:attachment|file)|executable (?:attachment|file)|attachment (?:was )?(?:blocked|not allowed)/,
  ),
  rule(
    'mailbox full',
    'bounce_soft',
    ...TRANSLATED['mailbox full'],
    /over ?quota|over (?:\w+ ){1,3}quota|(?:disk|mail|mailbox|storage|quota|space)(?: \w+){0,3} (?:is |has been |was )?exceed|exceed(?:ed|s|ing)?(?: \w+){0,6} (?:quota|storage|space|mailbox size|allocation|size allowed for mail)/,
    /(?:inbox|mail ?(?:box|folder|dir))(?: \S+)? (?:is |was |are )?(?:currently |almost )?(?:full|over)|full mailbox|mailbox ?full|boite du destinataire pleine|boîte (?:aux lettres |de réception )?(?:est )?pleine/,
    /(?:not |in)?enough (?:disk |storage )?(?:space|storage)|insufficient (?:disk|system|storage|mailbox)|no space left|out of (?:disk|storage) space|quota (?:violation|full|exceed|dépassé|excédé)|user ?disk quota|domain ?disk quota/,
    /too (?:much|many) (?:mail data|messages (?:on|in) (?:the )?(?:server|mailbox))|space has been used up|exhausted allowed storage|buzón .{0,20}lleno|postfach ist voll|casella .{0,20}piena/,
  ),
  rule(
    'blocked for our sake',
    'sender_blocked',
    ...TRANSLATED['blocked for our sake'],
    /spamhaus|spamcop|sorbs|barracuda(?:central)?\.(?:org|com)|barracudanetworks|dnsbl|\brbls?\b|\bdrbl|cloudmark|senderscore|senderbase|uribl|surbl|mail-abuse|\babuseat\b|backscatterer|csi\.|proofpoint|mimecast\.org/,
    /black-?list|block[- ]?list|blocked (?:using|by|due(?! to inactiv)|because|for|- see|see|from)|(?:ip|address|host|domain|network|connection|server)\b.{0,60}\b(?:is|been|was|temporarily)(?: currently)? (?:blocked|banned|blacklisted)/,
    /poor reputation|bad reputation|low reputation|reputation|\bptr\b|reverse[- ]dns|rdns|reverse (?:lookup|hostname|resolution|mapping)|unresolvable relay|ip name (?:lookup )?(?:failed|possibly forged)|name possibly forged/,
    /client host .{0,80}(?:rejected|blocked|refused)|helo (?:command )?reject|invalid helo|forged helo|(?:fully[- ]qualified|valid).{0,30}helo|helo.{0,40}(?:not|invalid|mismatch)|dynamic(?:\/| )?(?:ip|zombied|pool)|dial-?up|generic (?:r?dns|ptr|hostname)/,
    /unauthenticated|\bdmarc\b|\bdkim\b|\bspf\b|sender policy|not (?:pass|passed) (?:authentication|validation)|auth command required|incorrect authentication|authentication is required|smtp auth|must (?:first )?authenticate|check for new mail before|authentication (?:required|failed|failure|checks?)|auth(?:entication)? failure|must issue a? ?starttls|starttls (?:is )?required|encryption (?:needed|required)|tls.{0,20}required/,
    /not authori[sz]ed to (?:send|relay|use)|relay(?:ing)? (?:access )?(?:denied|not (?:permitted|allowed)|prohibited|disallowed|rejected)|unable to relay|cannot relay|rcpthosts|we do not relay|not permitted to relay|open relay/,
    /ask your postmaster for help|\bdenied \[|permanently rejected (?:message|mail)|attack detected|will not accept (?:delivery|mail|messages?)\b|:\s?blocked\b|connections? (?:is |was |has been )?(?:denied|rejected|prohibited)|\b[eh][eh]lo\b.{0,30}with my name|\b(?:dt:(?:spm|sum)|hl:(?:ipb|rep|itc)|mi:[a-z]{3})\b/,
    /connection (?:dropped|refused by)|connections? (?:from|will) .{0,60}(?:not be|not|refused|rejected|denied)|not accepting (?:connections|mail from your)|service not available|you are not allowed to connect|host network not allowed|no access from|go away/,
    /access (?:to this mail system|from ip|denied)|banned|(?:esmtp|server) (?:access )?forbidden|rejecting open proxy|requires confirmation|confirm this mail server|use (?:the|your) (?:smtp server|isp)|please inspect your ip|your (?:ip|network|server|remotehost)\b/,
    /\baup#(?!lim)|\((?:rly|con|dns|rtr|hvu|dyn|scbl|cns):\w+|\[(?:ts|tss|ph|bl|gl|cs|in)\d\d\]|\b(?:dns|con|pol|int)-[pt]\d|\bbl0000|\bs3150\b|\bs3140\b|troubleshooting\.aspx/,
  ),
  rule(
    'content taken for spam',
    'sender_blocked',
    ...TRANSLATED['content taken for spam'],
    /\bspam|requested action aborted \[7|\bsuspected\b.{0,20}(?:bounce|spam|attack)|(?:unsafe|harmful|malicious) (?:content|link|url)|rejected by header|unsolicited|bulk (?:e-?mail|mail|advert|message)|junk ?mail|phish|suspicious|message (?:content )?(?:was |is |has been )?(?:filtered|refused by|considered)|content (?:denied|rejected|filter|restriction|violation|reject)|classif(?:ied|ication) as|mail rejete|\bmail[_ ]rejected\b|user complaints|(?:likely|detected) .{0,30}(?:unsolicited|suspicious)/,
    /poli(?:cy|cies)\b|organizational settings|not (?:rfc|compliant)|rfc ?(?:2822|5321|5322|822|2821)\b.{0,60}(?:compl|viol)|violat|bare (?:lf|cr|newline)|duplicate header|multiple (?:from|to|subject|message-id) header|(?:invalid|malformed|missing|bad) (?:mail |message )?headers?|headers? (?:error|fail|are not accepted|is not|contains illegal)|illegal (?:attachment|header)|multiple addresses|message(?:s)? .{0,20}not accepted for|prohibited|not comply|captcha|message (?:was |is )?(?:rejected|refused)(?: by| due| as|\.|$)|^\W*(?:[45]\d\d[ -])?(?:[45]\.\d\.\d )?(?:mail |message |e-?mail )?(?:rejected|refused|denied|blocked)\W*$/,
  ),
  rule(
    'account closed or asleep',
    'bounce_hard',
    ...TRANSLATED['account closed or asleep'],
    /(?:account|mailbox|user|recipient|address|domain)\b.{0,40}\b(?:disabled|suspended|inactive|deactivated|locked|frozen|terminated|discontinued|closed|expired|de-?listed|temporarily limited|not active|disconnected|blocked)/,
    /(?:inactive|disabled|suspended|deactivated|locked|frozen|expired) (?:user|account|mailbox|recipient)|boite du destinataire archivee|extended inactivity|mailbox (?:is )?unavailable or access denied|suspend the service|compte (?:désactivé|suspendu|inactif)/,
  ),
  rule(
    'person wants no such mail',
    'bounce_hard',
    /recipient preferences|only accepting mail from specific|restricted sms|is not accepting any mail|not accepting any mail|refuses to (?:receive|accept)|rejected due to user|user reject|you have been blocked by the recipient|account is protected by|refuse to receive mail|user\(s\) rejected/,
  ),
  rule(
    'no such domain',
    'bounce_hard',
    /(?:host or )?domain (?:name )?(?:does not exist|not found|is not reachable|must exist|doesn'?t exist|unknown|is unknown|is invalid|name not found|lookup failed)|(?:host|domain)(?: is)? unknown|unknown (?:host|domain|mail ?domain)|no such (?:host|domain)|name or service not known|nxdomain|unroute?able (?:mail )?(?:address|domain)|couldn'?t find any host|domain .{0,60}(?:could not be found|couldn'?t be found|not exist)|bad destination (?:host|system|mailbox system)|illegal host\/domain|account or domain may not exist|non-existent (?:domain|hosts?)/,
    /nullmx|null mx|(?:host|domain)\b.{0,60} does not accept (?:mail|e-?mail)|mail receiving disabled|no (?:mx|a|dns)\b.{0,20}record|no route for current request|does not (?:receive|accept) (?:any )?(?:mail|e-?mail)/,
  ),
  rule(
    'no such person',
    'bounce_hard',
    ...TRANSLATED['no such person'],
    /(?:user|recipient|mailbox|mail ?box|address|account|alias|person|e-?mail|inbox|name|people|member|local[- ]part)s?\b(?: \S+)?(?: \S+)? (?:is |are |was |were |has |have |does |do |could |can |id )?(?:not |n't |be |been |unknown|currently )*(?:unknown|found|exist|recogni[sz]ed|known|listed|valid|present|available|unavailable|unavaiable|invalid|incorrect|no longer|not accepted|local|ok\b)/,
    /(?:unknown|invalid|no such|bad|non-?existent|nonexistent|undeliverable|illegal|no valid|no) (?:\w+ )?(?:or \w+ )?(?:users?|recipients?|mail ?box|address|account|person|local[- ]?part|e-?mail|alias|name|virtual user|destination|inbox|string|rcpt)\b/,
    /(?:doesn'?t|does not|did not|not) (?:have|like|appear).{0,40}(?:account|recipient|directory)|does not exist|doesn'?t exist|not exist\b|no longer (?:with|works|valid|available|in use|active|exist|employed|here)|no one (?:at|by|here)|not our customer|not a (?:valid|known|local|current)|not (?:listed in|on (?:this |the )?post office)|name .{0,30}not recogni[sz]ed|nobody (?:here|by)/,
    /user ?unknown|unknown ?user|userunknown|recipnotfound|recipientnotfound|badrcptto|rcp-p\d|address ?(?:rejected|refused)|recipient ?(?:address )?(?:rejected|refused|was rejected|not ok)|destination (?:server rejected|addresses were unknown)|undisclosed recipient|missing home directory|utente simile|no existe (?:dicha|ese|el)|utilisateur inconnu|destinataire (?:invalide|inconnu|inexistant)|adresse (?:d.{0,30} )?(?:invalide|inconnue|inexistante)|empf(?:ä|ae)nger (?:unbekannt|nicht)|(?:address|user|person|recipient|he|she) (?:has )?(?:moved|changed)|address changed|has moved|old (?:address|mail)|no thank you|mailbox unavailable|delivery to the following recipients failed permanently/,
  ),
  rule(
    'too large',
    'bounce_soft',
    ...TRANSLATED['too large'],
    /message (?:size |file )?(?:is )?(?:too (?:big|large|long)|exceeds)|size (?:limit|exceeds|is too large|of this message exceeds)|too large|exceed(?:s|ed)? (?:the )?(?:maximum |fixed |administrative )?(?:message )?(?:size|limit)|line too long|too long/,
  ),
  rule(
    'too much at once',
    'bounce_soft',
    /too many (?:connections|concurrent|messages|recipients|sessions|emails|errors|mails|rcpt|invalid)|rate[- ]?limit|throttl|(?:daily|hourly)(?: \w+){0,3} limit|limit(?:s)? for (?:how many|the number of|message)|too (?:fast|quickly|frequently|often)|frequen(?:t|cy)|try again slower|\baup#lim|max(?:imum)?(?: \w+){0,3} (?:connection|sending rate|emails per|number of|recipients)|exceed(?:ed|s) .{0,40}(?:per hour|per day|connection|rate|daily|sessions)|connections? exceeds|at a rate that|busy|grey-?list|temporarily (?:deferred|rejected)|\brl0000|max(?:imum)? emails/,
  ),
  rule(
    'the road there failed',
    'bounce_soft',
    ...TRANSLATED['the road there failed'],
    /timed? ?out|time-?out|could not connect|connection (?:refused|reset|lost|failed|attempt|died|closed|broken)|unreachable|no route to host|network (?:error|is)|name ?server|dns (?:records|error|lookup|server)|lookup failure|host not found|loop|too many hops|hop count|routing|temporary (?:failure|lookup|error|local|server)|\bresolv(?:e|ed|ing)\b|(?:not|n't) be (?:contacted|reached)|refused to talk|lost connection|conversation with|no answer from|did not respond|not respond/,
    /expired?\b|too long|delayed?\b|failed \d+ attempts|delivery attempts|not been collected|for more than|multiple retries|retry (?:time|timeout|limit|count)|giv(?:e|ing|en) up|within the allowed|queue(?:d)? (?:too|period|file|for)|long failure period|still (?:being|undelivered)|not reachable within|could not find a gateway/,
  ),
  rule(
    'their system failed',
    'bounce_soft',
    /system (?:error|config)|internal (?:server )?error|configuration error|misconfigur|local (?:error|configuration)|service (?:currently |temporarily )?(?:unavailable|refused)|try (?:again )?later|transaction failed|processing error|encountered an error|can'?t create|cannot open|unable to (?:open|write)|not been able|mailer error|procmail|maildrop|command (?:failed|died|output|not)|\|\| exit|pipe to|exit status|unable to (?:process|deliver)|syntax error|unrecogni[sz]ed|not implemented|bad sequence|protocol error|duplicat|could not load|temporar|interrupted|transient|resources|mdb/,
  ),
];
