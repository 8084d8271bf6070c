/** What a column of a file says. `addition`: points on top of what a member has; `points`: what a member has. */
export const columnRoles = [
  'email',
  'email_hash',
  'customer_id',
  'points',
  'addition',
  'occurred_at',
  'available_at',
  'expires_at',
  'note',
] as const;
export type ColumnRole = (typeof columnRoles)[number];

/**
 * A header as names are compared: "Solde de points", "solde_points" and "SOLDE-DE-POINTS" differ in nothing but what
 * people never mean.
 */
export const columnName = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/[^\p{L}\p{N}]/gu, '');

/** The names of our own format, as our export and the README write them. */
const ownNames: Readonly<Record<string, ColumnRole>> = {
  customerid: 'customer_id',
  email: 'email',
  emailhash: 'email_hash',
  points: 'points',
  occurredat: 'occurred_at',
  availableat: 'available_at',
  expiresat: 'expires_at',
  note: 'note',
};

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

// Written as `columnName` writes them. German ü stands as u (from the dots) and as ue (as people without the key write
// it).
const emailNames =
  words(`email mail emailaddress mailaddress useremail customeremail memberemail billingemail emailid contactemail
  postaelettronica indirizzoemail indirizzomail indirizzodipostaelettronica indirizzopostaelettronica emailcliente
  emaildelcliente
  emailadresse mailadresse kundenemail emailkunde emaildeskunden
  courriel adressecourriel adresseemail adressemail adresseelectronique adressedecourriel emailclient emailduclient
  adressedemessagerie
  correo correoelectronico direcciondecorreo direcciondecorreoelectronico direccionemail direcciondeemail
  emaildelusuario`);
// Names that say "what is left": they mean the balance even beside a column that only says "points".
const balanceNames =
  words(`pointsbalance pointbalance currentpointsbalance currentpoints availablepoints pointsavailable remainingpoints
  pointsremaining
  loyaltypointsbalance rewardpointsbalance pointsbalancetotal
  saldopunti saldodeipunti puntidisponibili puntiattuali puntirimanenti punktestand punktesaldo punkteguthaben
  verfugbarepunkte verfuegbarepunkte
  aktuellepunkte soldedepoints soldepoints pointsdisponibles pointsrestants saldodepuntos saldopuntos
  puntosdisponibles puntosactuales puntosrestantes`);
const pointsNames = words(`points point pts loyaltypoints rewardpoints pointstotal
  punti punto puntifedelta punkte treuepunkte bonuspunkte pointsdefidelite pointsfidelite puntos puntosdefidelidad
  puntosfidelidad`);
// Names that may as well be money: the points only where no column says points.
const vagueNames = words('balance saldo solde guthaben kontostand');
const additionNames = words(
  'addpoints pointstoadd aggiungipunti puntidaaggiungere punktehinzufugen ajouterdespoints pointsaajouter anadirpuntos',
);
const customerNames = words('customerid shopifyid shopifycustomerid');
const expiryNames =
  words(`expiresat expires expireson expiry expirydate expirationdate expiration pointsexpiry pointsexpirydate
  pointsexpirationdate
  pointsexpireat pointsexpireon pointsexpireson pointsexpiresat pointsexpiration
  scadenza scadenzapunti datascadenza datadiscadenza datascadenzapunti ablaufdatum verfallsdatum verfall punkteverfall
  gultigbis gueltigbis
  dateexpiration datedexpiration expirationdespoints caducidad fechadecaducidad fechacaducidad vencimiento
  fechadevencimiento caducidaddelospuntos`);
const noteNames = words('note nota notiz bemerkung remarque');
const phoneNames =
  words(`phone phonenumber mobile mobilephone mobilenumber tel telephone telefono telefonocellulare numeroditelefono
  cellulare
  telefon telefonnummer handy handynummer mobilnummer telephoneportable numerodetelephone portable movil telefonomovil
  numerodetelefono`);
const foreignIdNames = words(
  `userid memberid wpuserid wordpressid wordpressuserid id uid clientid contactid partnerid membernumber
  customernumber cardnumber`,
);

/** Which column says what. `ignored`: the columns that nobody reads, so that the merchant is told. */
export type Columns = {
  readonly at: Readonly<Partial<Record<ColumnRole, number>>>;
  readonly ignored: readonly string[];
  /** Every column is one of our own format. */
  readonly isOwn: boolean;
};

/** Why a header cannot be read: each has its own sentence about what to do. `found` is what the header says. */
export type HeaderProblem =
  | { readonly kind: 'unknown_columns'; readonly found: readonly string[] }
  | { readonly kind: 'no_header'; readonly found: readonly string[] }
  | { readonly kind: 'no_points_column'; readonly found: readonly string[] }
  /** Customers are named by something that the shop cannot look up. */
  | { readonly kind: 'phone_only' | 'foreign_ids'; readonly found: readonly string[] }
  /** More than one column could be meant. */
  | { readonly kind: 'several_columns'; readonly found: readonly string[] };

type Names = readonly string[];

const positions = (names: Names, known: Names): readonly number[] =>
  names.flatMap((name, index) => (known.includes(name) ? [index] : []));

/**
 * The columns that may hold the points: a balance before plain points, and what may be money only where nothing else is
 * there.
 */
const pointsColumns = (names: Names): readonly number[] => {
  const balances = positions(names, balanceNames);
  if (balances.length > 0) return balances;
  return positions(names, [...pointsNames, ...vagueNames]);
};

/** Reads a header. A problem names the columns it is about. */
export const readHeader = (
  header: readonly string[],
): { readonly columns: Columns } | { readonly problem: HeaderProblem } => {
  const names = header.map(columnName);
  const refused = (kind: HeaderProblem['kind'], at: readonly number[]) => ({
    problem: { kind, found: at.map((index) => header[index] ?? '') },
  });
  const everything = header.map((_, index) => index);
  const found: Record<ColumnRole, readonly number[]> = {
    email: positions(names, emailNames),
    email_hash: positions(names, ['emailhash']),
    customer_id: positions(names, customerNames),
    points: pointsColumns(names),
    addition: positions(names, additionNames),
    occurred_at: positions(names, ['occurredat']),
    available_at: positions(names, ['availableat']),
    expires_at: positions(names, expiryNames),
    note: positions(names, noteNames),
  };
  const people = [...found.email, ...found.email_hash, ...found.customer_id];
  const amounts = [...found.points, ...found.addition];
  if (people.length === 0 && amounts.length === 0)
    return refused(header.some(looksLikeData) ? 'no_header' : 'unknown_columns', everything);
  if (amounts.length === 0) return refused('no_points_column', everything);
  if (people.length === 0) {
    const phones = positions(names, phoneNames);
    if (phones.length > 0) return refused('phone_only', phones);
    const foreign = positions(names, foreignIdNames);
    return foreign.length > 0 ? refused('foreign_ids', foreign) : refused('unknown_columns', everything);
  }
  const twice = columnRoles.find((role) => found[role].length > 1);
  if (twice !== undefined) return refused('several_columns', found[twice]);
  const at = Object.fromEntries(columnRoles.flatMap((role) => found[role].map((index) => [role, index] as const)));
  const used = new Set(Object.values(at));
  const ignored = header.filter((name, index) => !used.has(index) && name.trim() !== '');
  return { columns: { at, ignored, isOwn: names.every((name) => name in ownNames) } };
};

const looksLikeData = (field: string): boolean => /@/.test(field) || /^\s*[+-]?\d+([.,]\d+)?\s*$/.test(field);
