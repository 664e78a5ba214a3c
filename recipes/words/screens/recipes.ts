/** Texts of the screen `recipes`. The Chinese ones decide which texts exist. */
export const recipesZh = {
  'recipes.title': '配方',
} as const;

export const recipesEn: Readonly<Record<keyof typeof recipesZh, string>> = {
  'recipes.title': 'Recipes',
};
