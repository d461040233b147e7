/* What the invented people and companies of the demo are called. All their addresses end in `.example`. */

const words = (text: string): string[] => text.trim().split(/\s+/);

export const WOMEN = words(
  'Camille Léa Manon Chloé Inès Sarah Juliette Claire Élodie Aurélie Céline Nathalie Sophie Isabelle Valérie Sandrine Hélène Anaïs Marion Pauline Émilie Laure Mathilde Delphine Véronique Agnès Béatrice Florence Amélie Noémie Solène Maëlle Capucine Eugénie',
);
export const MEN = words(
  'Julien Thomas Nicolas Antoine Maxime Hugo Mathieu Guillaume Sébastien Frédéric Laurent Christophe Stéphane Olivier Jérôme François Benoît Rémi Théo Arnaud Cédric Grégory Loïc Gaël Étienne Vincent Damien Fabien Raphaël Xavier Yann Bastien Alexandre Pierre',
);
export const SURNAMES = words(
  'Martin Bernard Dubois Thomas Robert Richard Petit Durand Leroy Moreau Simon Laurent Lefèvre Michel Garcia David Bertrand Roux Vincent Fournier Morel Girard André Mercier Dupont Lambert Bonnet François Martinez Legrand Garnier Faure Rousseau Blanc Guérin Muller Henry Roussel Nicolas Perrin Morin Mathieu Clément Gauthier Dumont Lopez Fontaine Chevalier Robin Masson Sanchez Gérard Nguyen Boyer Denis Lemaire Duval Joly Gautier Roger Roche Roy Noël Meyer Lucas Meunier Jean Perez Marchand Dufour Blanchard Marie Barbier Brun Dumas Brunet Schmitt Leroux Colas Vidal Renard Picard Caron Baron Lacroix Prévost Delmas Hamon Le-Goff Kervella Rolland Aubry Poirier Bouvier Charpentier Maillard Cordier Vasseur Ferrand Pichon Tessier',
);

export const CITIES: readonly (readonly [city: string, region: string])[] = [
  ['Lyon', 'Auvergne-Rhône-Alpes'],
  ['Grenoble', 'Auvergne-Rhône-Alpes'],
  ['Saint-Étienne', 'Auvergne-Rhône-Alpes'],
  ['Lille', 'Hauts-de-France'],
  ['Amiens', 'Hauts-de-France'],
  ['Nantes', 'Pays de la Loire'],
  ['Angers', 'Pays de la Loire'],
  ['Rennes', 'Bretagne'],
  ['Brest', 'Bretagne'],
  ['Toulouse', 'Occitanie'],
  ['Montpellier', 'Occitanie'],
  ['Bordeaux', 'Nouvelle-Aquitaine'],
  ['Strasbourg', 'Grand Est'],
  ['Metz', 'Grand Est'],
  ['Paris', 'Île-de-France'],
  ['Versailles', 'Île-de-France'],
  ['Marseille', 'Provence-Alpes-Côte d’Azur'],
  ['Rouen', 'Normandie'],
  ['Dijon', 'Bourgogne-Franche-Comté'],
  ['Tours', 'Centre-Val de Loire'],
];

const FIRST_PARTS = words(
  'Alpi Nord Oc Ligér Armor Rhôn Vosg Jura Cantal Aqua Ferro Méca Plasti Agro Texti Logi Électro Thermo Opti Hydro Préci Sidér Carto Bio Géo Novo Urba Clim Béton Menui Sérigr Tôl Fond Usin Transmi',
);
const SECOND_PARTS = words(
  'tech form pack line mat fluid log serv plast metal bois verre émail flex pro dis concept lab gaz com',
);
const FAMILY_PATTERNS = [
  'Établissements {n}',
  '{n} & Fils',
  '{n} Industries',
  'Groupe {n}',
  'Ateliers {n}',
  'Transports {n}',
  'Mécanique {n}',
  'Laboratoires {n}',
];

const LATER_PATTERNS = ['Fonderie {n}', 'Cartonnerie {n}', 'Usines {n}', '{n} Emballages'];

/** Enough company names that none must serve twice. */
export function companyNames(): string[] {
  const made = FIRST_PARTS.flatMap((first) => SECOND_PARTS.map((second) => first + second));
  const family = SURNAMES.flatMap((name) =>
    FAMILY_PATTERNS.map((pattern) => pattern.replace('{n}', name.replace('-', ' '))),
  );
  return [...made, ...family];
}

/** The companies of lists that came later, named like none of those above. */
export function laterCompanyNames(): string[] {
  return SURNAMES.flatMap((name) => LATER_PATTERNS.map((pattern) => pattern.replace('{n}', name)));
}

/** "Établissements Lefèvre" → "etablissements-lefevre". */
export function slug(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
