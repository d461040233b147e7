import js from '@eslint/js';
import globals from 'globals';
import ts from 'typescript-eslint';

/** Only the database room may hold TypeORM's handles: everything else passes through `Database.read` / `write`. */
const oneDoor = {
  name: 'typeorm',
  importNames: ['Repository', 'EntityManager', 'DataSource', 'QueryRunner'],
  message:
    'Use Database.read / Database.write (src/database/database.ts): a bare handle loses data on SQLite.',
};

export default ts.config(
  { ignores: ['dist/**', 'node_modules/**', 'data*/**', 'src/web/assets/vendor/**'] },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: new URL('..', import.meta.url).pathname },
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Entities and DTOs are shapes without methods: a plain object of the same shape is as good.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      'no-console': 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: true }],
      'no-restricted-imports': ['error', { paths: [oneDoor] }],
    },
  },
  { files: ['src/database/**', 'test/support/**'], rules: { 'no-restricted-imports': 'off' } },
  { files: ['**/*.js', '**/*.mjs'], ...ts.configs.disableTypeChecked },
  { files: ['test/**/*.js'], languageOptions: { globals: globals.node } },
  {
    files: ['src/web/assets/**/*.js'],
    languageOptions: { globals: { ...globals.browser, htmx: 'readonly' } },
  },
  { files: ['test/**', 'seeds/**'], rules: { 'no-console': 'off', 'max-lines': 'off' } },
);
