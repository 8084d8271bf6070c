import type { Tongue } from '~/core/values/text';

const words = {
  account: ['Account', 'Account', 'Konto', 'Compte', 'Cuenta'],
  add: ['Add to cart', 'Aggiungi al carrello', 'In den Warenkorb', 'Ajouter au panier', 'Añadir al carrito'],
  all: ['All products', 'Tutti i prodotti', 'Alle Produkte', 'Tous les produits', 'Todos los productos'],
  cart: ['Cart', 'Carrello', 'Warenkorb', 'Panier', 'Carrito'],
  checkout: ['Check out', 'Vai alla cassa', 'Zur Kasse', 'Passer au paiement', 'Ir a pagar'],
  club: ['Loyalty', 'Fedeltà', 'Treueprogramm', 'Fidélité', 'Fidelidad'],
  discover: ['Discover the shop', 'Scopri la bottega', 'Laden entdecken', 'Découvrir', 'Descubrir la tienda'],
  empty: [
    'Your cart is empty.',
    'Il carrello è vuoto.',
    'Dein Warenkorb ist leer.',
    'Votre panier est vide.',
    'Tu carrito está vacío.',
  ],
  favourites: ['Loved by our customers', 'I preferiti dei clienti', 'Unsere Lieblinge', 'Nos favoris', 'Los favoritos'],
  gift_card: ['Gift card', 'Buono regalo', 'Geschenkkarte', 'Carte cadeau', 'Tarjeta regalo'],
  hero: [
    'Good things, made by people we know',
    'Cose buone, fatte da persone che conosciamo',
    'Gutes von Menschen, die wir kennen',
    'De bonnes choses, faites par des gens que nous connaissons',
    'Cosas buenas, hechas por gente que conocemos',
  ],
  home: ['Home', 'Home', 'Startseite', 'Accueil', 'Inicio'],
  login: ['Sign in', 'Accedi', 'Anmelden', 'Se connecter', 'Entrar'],
  logout: ['Sign out', 'Esci', 'Abmelden', 'Se déconnecter', 'Salir'],
  nothing: ['Nothing found.', 'Nessun risultato.', 'Nichts gefunden.', 'Aucun résultat.', 'Sin resultados.'],
  orders: ['Orders', 'Ordini', 'Bestellungen', 'Commandes', 'Pedidos'],
  pay: ['Pay now', 'Paga ora', 'Jetzt bezahlen', 'Payer', 'Pagar'],
  quantity: ['Quantity', 'Quantità', 'Menge', 'Quantité', 'Cantidad'],
  remove: ['Remove', 'Togli', 'Entfernen', 'Retirer', 'Quitar'],
  search: ['Search', 'Cerca', 'Suche', 'Recherche', 'Buscar'],
  shipping: ['Shipping', 'Spedizione', 'Versand', 'Livraison', 'Envío'],
  shop: ['Shop', 'Bottega', 'Laden', 'Boutique', 'Tienda'],
  sold_out: ['Sold out', 'Esaurito', 'Ausverkauft', 'Épuisé', 'Agotado'],
  store_credit: ['Store credit', 'Credito nel negozio', 'Shop-Guthaben', 'Crédit en boutique', 'Crédito en la tienda'],
  cancelled: ['Cancelled', 'Annullato', 'Storniert', 'Annulée', 'Cancelado'],
  paid: ['Paid', 'Pagato', 'Bezahlt', 'Payée', 'Pagado'],
  refunded: ['Refunded', 'Rimborsato', 'Erstattet', 'Remboursée', 'Reembolsado'],
  partially_refunded: [
    'Partly refunded',
    'Rimborsato in parte',
    'Teilweise erstattet',
    'Remboursée en partie',
    'Reembolsado en parte',
  ],
  thanks: ['Thank you!', 'Grazie!', 'Vielen Dank!', 'Merci !', '¡Gracias!'],
  total: ['Total', 'Totale', 'Gesamt', 'Total', 'Total'],
  view: ['View cart', 'Vedi il carrello', 'Warenkorb ansehen', 'Voir le panier', 'Ver el carrito'],
} as const satisfies Record<string, readonly [string, string, string, string, string]>;

const order: readonly Tongue[] = ['en', 'it', 'de', 'fr', 'es'];

/** The theme's own words in the language of a page. */
export const themeWords = (locale: string): Readonly<Record<string, string>> => {
  const place = Math.max(0, order.indexOf(locale as Tongue));
  return Object.fromEntries(Object.entries(words).map(([name, texts]) => [name, texts[place] ?? texts[0]]));
};
