/*
 * The causes of refusal as mail systems tell them in French, German, Spanish, Italian, Dutch and Japanese: Exchange, Gmail,
 * Domino and the providers of those countries write to the sender in a language of people. Lower case, by cause.
 */
export const TRANSLATED = {
  'sender refused': [
    /(?:exp[ée]diteur|[ée]metteur)\b.{0,30}(?:non autoris|refus|rejet|invalide|inconnu|bloqu)|n'(?:êtes|est) pas autoris|pas l'autorisation|n'accepte (?:pas|que) (?:de |les )?messages/,
    /absender.{0,40}(?:abgelehnt|unbekannt|nicht (?:erlaubt|berechtigt|autorisiert|akzeptiert)|gesperrt)|nicht berechtigt/,
    /remitente.{0,30}(?:rechazad|no autorizad|bloquead|no válid)|no est[áa] autorizad/,
    /mittent[ei].{0,40}(?:rifiutat|autorizzat|bloccat|non valid)/,
    /afzender.{0,40}(?:geweigerd|niet toegestaan|geblokkeerd|onbekend)|niet gemachtigd/,
  ],
  'mailbox full': [
    /(?:bo[iî]te|messagerie|\bbal\b).{0,40}(?:pleine|saturée)|quota.{0,20}(?:dépassé|atteint)|dépass\w*.{0,15} quota|espace .{0,20}insuffisant/,
    /postfach.{0,40}voll|speicher\w*.{0,30}(?:überschritten|voll\b|erschöpft)|quota überschritten/,
    /buz[oó]n.{0,40}llen[oa]|cuota.{0,20}(?:excedid|superad)|espacio insuficiente/,
    /casella.{0,40}piena|quota.{0,20}superat|spazio (?:esaurito|insufficiente)/,
    /(?:mailbox|postvak|postbus).{0,40}\bvol\b|quotum.{0,20}overschreden/,
    /メールボックスが(?:いっぱい|一杯)|容量(?:を超|オーバー)/,
  ],
  'blocked for our sake': [
    /listes? noires?|schwarze(?:n|r)? liste|lista negra|lista nera|zwarte lijst|ブラックリスト/,
    /accès refusé|zugriff verweigert|acceso denegado|accesso negato|toegang geweigerd|relais (?:refusé|interdit|non autorisé)/,
  ],
  'content taken for spam': [
    /indésirable|message.{0,20} (?:refusé|rejeté|bloqué)|a été bloqué|unerwünscht|nachricht.{0,20}(?:blockiert|abgelehnt)|(?:mensaje|correo).{0,20}(?:rechazad|bloquead|no desead)/,
    /(?:messaggio|posta).{0,20}(?:rifiutat|bloccat|indesiderat)|bericht.{0,20}(?:geweigerd|geblokkeerd)|ongewenst|迷惑メール|ブロック|拒否/,
  ],
  'account closed or asleep': [
    /compte.{0,30}(?:désactivé|suspendu|inactif|fermé|clôturé|bloqué)|konto.{0,30}(?:gesperrt|deaktiviert|geschlossen)|cuenta.{0,30}(?:desactivad|suspendid|inactiv)|account.{0,30}(?:disattivat|sospes|geblokkeerd|opgeheven)/,
  ],
  'no such person': [
    /introuvable|n'existe (?:pas|plus)|inexistant|\binconnue?s?\b|ne figure pas|n'a pas (?:pu être|été) trouvé|n'est pas reconnu|pas de (?:bo[iî]te|compte)/,
    /nicht (?:gefunden|vorhanden|bekannt|.{0,30}aufgeführt)|existiert nicht|unbekannt|ungültige.{0,20}adresse/,
    /no (?:existe|se (?:encuentra|encontró|ha encontrado|pudo encontrar))|desconocid[oa]|inexistente/,
    /non (?:esiste|trovat|è stat[oa] trovat)|sconosciut|inesistente/,
    /bestaat niet|niet (?:worden )?gevonden|onbekend/,
    /見つかりません|存在しません|(?:宛先|ユーザー?)不明|不明なユーザ|無効なアドレス/,
  ],
  'too large': [
    /(?:message|taille).{0,40}(?:trop (?:volumineu|grand|gros|lourd)|dépasse)|nachricht.{0,30}zu groß|mensaje.{0,40}demasiado grande|messaggio.{0,30}troppo grande|bericht.{0,30}te groot|サイズ.{0,20}(?:超|大き)/,
  ],
  'the road there failed': [
    /délai.{0,20}(?:dépassé|expiré)|n'a pas répondu|connexion (?:refusée|impossible)|zeitüberschreitung|nicht erreichbar|tiempo de espera|no responde|tempo scaduto|non risponde|niet bereikbaar|タイムアウト/,
  ],
} satisfies Record<string, readonly RegExp[]>;
