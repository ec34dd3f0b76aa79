import type en from '../en/problems'

export default {
  invalid_json: 'Der Inhalt ist kein gültiges JSON.',
  invalid_input: 'Die Eingabe ist ungültig.',
  unauthenticated: 'Melde dich zuerst an.',
  invalid_code: 'Dieser Code ist falsch, verbraucht oder abgelaufen. Fordere einen neuen an.',
  cross_site: 'Diese Anfrage kam von einer anderen Website.',
  session_required: 'Mit einem API-Token geht das nicht. Melde dich mit einem Browser an.',
  not_found: 'Hier ist nichts.',
  method_not_allowed: 'Dieser Pfad nimmt diese Methode nicht.',
  not_uploaded: 'Die Datei ist noch nicht hochgeladen.',
  photo_not_ready: 'Dieses Foto ist noch nicht ganz hochgeladen.',
  address_in_use:
    'Diese Adresse hat ein eigenes Konto. Melde dich mit ihr an oder lösche jenes Konto zuerst.',
  primary_address: 'Das ist deine Hauptadresse. Mache zuerst eine andere zur Hauptadresse.',
  idempotency_conflict: 'Dieser Idempotency-Key wurde für eine andere Nachricht verwendet.',
  quota_exceeded: 'Dein Konto ist voll. Lösche Fotos, um Platz zu schaffen.',
  too_large: 'Das ist zu groß.',
  unsupported_type: 'Dieser Dateityp wird nicht unterstützt.',
  not_an_image: 'Diese Datei ist kein Bild in JPEG, PNG, WebP, GIF oder AVIF.',
  type_mismatch: 'Die Datei ist von anderem Typ als angekündigt.',
  size_mismatch: 'Die Datei ist anders groß als angekündigt.',
  too_many_pixels: 'Das Bild hat zu viele Pixel.',
  damaged: 'Das Bild ist beschädigt und lässt sich nicht bis zum Ende lesen.',
  rate_limited: 'Zu viele Anfragen. Versuche es später noch einmal.',
  storage_not_configured: 'Auf diesem Server ist das Hochladen nicht eingerichtet.',
  database_not_migrated: 'Die Datenbank hat noch kein Schema oder ein älteres, als diese Version braucht.',
  budget_exhausted:
    'Dieser Dienst hat verbraucht, was er an einem Tag ausgeben darf. Versuche es nach 00:00 UTC noch einmal.',
  unavailable: 'Bei uns ist etwas schiefgegangen. Versuche es gleich noch einmal.',
} satisfies typeof en
