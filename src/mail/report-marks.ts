/*
 * How a mail system is told from a person, by language: who sends, what the subject says, what the letter says. Words that
 * people use as well ("delivery", "recipient") count only where the sender is a mail system for sure.
 */

const oneOf = (...words: RegExp[]): RegExp => new RegExp(words.map(({ source }) => source).join('|'), 'iu');

/** The address of a mail system, its local part. */
export const SYSTEM_ADDRESS =
  /^(?:mailer[-_. ]?daemon|post_?master|mail[-_. ]?delivery|mdaemon|double-?bounce|bounces?|no-?reply-?bounce|microsoftexchange[0-9a-f]{8,})/i;

export const SYSTEM_NAME =
  /mail delivery|mailer[- ]daemon|delivery (?:subsystem|system|service|agent)|postmaster|mail administrator|mail system|^"?courier mail|(?:system(?:e-)?|systeem|sistema).?administrat|administra(?:teur|dor|tore).{0,12}(?:syst[eè]me|sistema)|système de (?:distribution|messagerie)|service de messagerie/i;

/** List software: it answers whoever may not post, in words of its own. */
export const LIST_ADDRESS =
  /^(?:majordomo|sympa|listserv|mailman|ecartis|ezmlm|fml)@|-(?:bounces|owner|request|help)@/i;

export const REPORT_SUBJECT = oneOf(
  /undeliver|un-?deliverable|returned? (?:mail|message|to sender)|delivery (?:status|failure|failed|report|problem|error|notification|has failed|unsuccess|incomplete|delay)|failure (?:notice|delivery)|failed delivery|mail (?:system error|delivery|could not|failure|not delivered|status report|undelivered|rejected)/,
  /message (?:delivery|not delivered|undeliver|could not|delayed|status)|non[- ]?delivery|could not be delivered|not (?:be )?delivered|loop alert|warning: (?:could not send|message)|mail error|^bounce\b/,
  /[ée]chec de (?:la )?(?:remise|livraison|distribution)|(?:message )?non[- ](?:remis|distribu)|retour de courrier/,
  /unzustellbar|nicht zugestellt|zustellungs?(?:fehler|status|benach)|fehler bei der zustellung/,
  /no se (?:puede|pudo|ha podido) entregar|no entrega(?:do|ble)|(?:error|fallo) (?:en|de) (?:la )?entrega|rechazado|devuelto|não entregue|falha na entrega/,
  /recapito non riuscito|non recapitabil|manca(?:ta consegna|to recapito)|impossibile recapitare/,
  /onbestelbaar|niet (?:bezorgd|afgeleverd|bestelbaar)|недоставлен|не доставлен|kunde inte levereras|niedostarcz/,
  /エラー|送信できません|配信(?:不能|できません)|配信/,
);

/** Said by mail systems and by shops: for a subject that comes from a mail system. */
export const WEAK_SUBJECT = /bounce|delivery|zustell|delivered|relayed|relayé|remis\b/i;

export const REPORT_LETTER = oneOf(
  /(?:was not|could ?n[o']t be|cannot be|has not been|not|been unable to be) delivered|unable to deliver|undeliverable|delivery (?:to the following|to these|has failed|failed|error)|permanent (?:fatal )?error|following address(?:es)? (?:failed|had)/,
  /returned to sender|qmail-send program|delivery errors|did not receive this message|this message was created automatically by mail|user unknown|duplicated message-id|delivery status notification|did not reach (?:some|the|one)/,
  /n'(?:a|ont) pas (?:pu être|été) (?:remis|distribu|délivr|livr)|n'est pas parvenu|remise à ces destinataires|échec de la (?:remise|distribution)/,
  /(?:nicht|konnte.{0,60}) zugestellt|nachrichtenzustellung|empfänger nicht erreicht|no se (?:pudo|puede|ha podido) (?:entregar|localizar)|no ha llegado/,
  /recapito non riuscito|non è stato (?:recapitato|consegnato)|impossibile recapitare|bezorgen .{0,60}mislukt|niet (?:worden )?(?:bezorgd|afgeleverd)|не может быть (?:отправлено|доставлено)/,
  /送信できません|届けできません|配信に失敗/,
);

/** As WEAK_SUBJECT. */
export const WEAK_LETTER =
  /mail delivery|recipient|destinataire|empfänger|destinatario|ontvanger|rejected|rejeté|not allowed|autorisé/i;

/** It goes on trying: nothing is lost yet. */
export const STILL_TRYING =
  /warning message only|(?:not|don't) need to re-?send|has (?:not yet been delivered|been delayed)|hasn't been delivered yet|delivery is delayed|will (?:be retried|keep trying|continue to (?:be )?(?:try|attempt|retr))|delivery attempts will continue|only a temporary failure report|nouvelles? tentatives?|wird (?:weiterhin|erneut) versucht/i;

export const GAVE_UP =
  /giv(?:en|ing) up|permanent (?:fatal )?(?:error|failure)|failed permanently|not (?:continue|be re-?tried|going to try)/i;

/** It arrived, or went on to where nobody reports. */
export const ARRIVED =
  /delivery to these recipients or groups is complete|remise à ces destinataires ou groupes est terminée|zustellung an diese empfänger.{0,20} abgeschlossen|(?:was|has been) (?:successfully |correctly )?(?:delivered|relayed) to|successfully delivered|votre message a été remis|wurde (?:erfolgreich )?(?:zugestellt|weitergeleitet) an|se ha completado la entrega|il recapito .{0,40}completato/i;
