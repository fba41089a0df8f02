import { Button, Paper, Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { PasswordField, TextField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { LogoMark } from "@/components/logo";
import { safeReturn, signInSchema } from "./account";
import { useSignIn } from "./queries";
import classes from "./sign-in.module.css";

const route = getRouteApi("/sign-in");

export function SignInPage() {
  useDocumentTitle("Sign in · TekSIP Cloud");
  const search = route.useSearch();
  const router = useRouter();
  const signIn = useSignIn();

  const send = (credentials: { username: string; password: string }) =>
    signIn.mutate(credentials, {
      onSuccess: () => router.history.push(`/console${safeReturn(search.return)}`),
    });

  return (
    <div className={classes.page}>
      <main className={classes.column}>
        <Stack gap={6} align="center" mb="lg">
          <LogoMark size={44} />
          <Title order={1} c="white">
            TekSIP Cloud
          </Title>
        </Stack>
        <Paper p="xl" shadow="lg" className={classes.card}>
          <Title order={2} mb="md">
            Sign in to the console
          </Title>
          <Form schema={signInSchema} refusal={signIn.error} onSend={send}>
            <Stack gap="md">
              <TextField
                name="username"
                label="Username"
                autoComplete="username"
                autoCapitalize="none"
                data-autofocus
              />
              <PasswordField name="password" label="Password" autoComplete="current-password" />
              <Button type="submit" fullWidth loading={signIn.isPending}>
                Sign in
              </Button>
            </Stack>
          </Form>
        </Paper>
        <Text size="sm" className={classes.hint}>
          First time here? The first start printed the username, admin, and a generated password in
          the terminal, once. <code>--admin-password</code> on that start chooses another.
        </Text>
      </main>
    </div>
  );
}
