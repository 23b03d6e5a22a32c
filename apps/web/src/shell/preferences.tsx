import { Button, Menu, useMantineColorScheme } from '@mantine/core';
import { Icon } from '../look/icon';
import { useWords } from '../words/words';

/** Names the other language in that language. */
export function LanguageSwitch() {
  const { language, say, choose } = useWords();
  const other = language === 'vi' ? 'en' : 'vi';
  return (
    <Button variant="default" size="compact-sm" lang={other} onClick={() => choose(other)}>
      {say(other === 'en' ? 'settings.toEnglish' : 'settings.toVietnamese')}
    </Button>
  );
}

const schemes = [
  ['light', 'settings.light'],
  ['dark', 'settings.dark'],
  ['auto', 'settings.auto'],
] as const;

export function ThemeSwitch() {
  const { say } = useWords();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button variant="default" size="compact-sm" px={6} aria-label={say('settings.theme')}>
          <Icon name={colorScheme === 'dark' ? 'moon' : 'sun'} />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {schemes.map(([scheme, name]) => (
          <Menu.Item
            key={scheme}
            onClick={() => setColorScheme(scheme)}
            rightSection={colorScheme === scheme ? <Icon name="check" size={16} /> : undefined}
          >
            {say(name)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
