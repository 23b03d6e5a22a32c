import { Button, Menu, useMantineColorScheme } from '@mantine/core';
import { Icon } from '../look/icon';
import { useWords } from '../words/words';

function useOtherLanguage() {
  const { language, say, choose } = useWords();
  const other = language === 'vi' ? 'en' : 'vi';
  return {
    lang: other,
    onClick: () => choose(other),
    children: say(other === 'en' ? 'settings.toEnglish' : 'settings.toVietnamese'),
  };
}

/** Names the other language in that language. */
export function LanguageSwitch() {
  return <Button variant="default" size="compact-sm" {...useOtherLanguage()} />;
}

export function LanguageItem() {
  return <Menu.Item leftSection={<Icon name="book" />} {...useOtherLanguage()} />;
}

const schemes = [
  ['light', 'settings.light', 'sun'],
  ['dark', 'settings.dark', 'moon'],
  ['auto', 'settings.auto', 'gear'],
] as const;

export function ThemeItems() {
  const { say } = useWords();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return schemes.map(([scheme, name, icon]) => (
    <Menu.Item
      key={scheme}
      aria-current={colorScheme === scheme ? true : undefined}
      onClick={() => setColorScheme(scheme)}
      leftSection={<Icon name={icon} />}
      rightSection={colorScheme === scheme ? <Icon name="check" size={16} /> : undefined}
    >
      {say(name)}
    </Menu.Item>
  ));
}

export function ThemeSwitch() {
  const { say } = useWords();
  const { colorScheme } = useMantineColorScheme();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" size="compact-sm" px={6} aria-label={say('settings.theme')}>
          <Icon name={colorScheme === 'dark' ? 'moon' : 'sun'} />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <ThemeItems />
      </Menu.Dropdown>
    </Menu>
  );
}
