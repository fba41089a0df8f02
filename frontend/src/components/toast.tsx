import { notifications } from "@mantine/notifications";
import { Check, TriangleAlert } from "lucide-react";
import { messageOf } from "@/lib/api-error";

const closeButtonProps = { "aria-label": "Dismiss" };

export const toast = {
  done: (message: string) =>
    notifications.show({
      message,
      icon: <Check size={16} />,
      color: "petrol",
      autoClose: 4000,
      closeButtonProps,
    }),
  failed: (error: unknown) =>
    notifications.show({
      title: "That did not work",
      message: messageOf(error),
      icon: <TriangleAlert size={16} />,
      color: "red",
      autoClose: 8000,
      closeButtonProps,
    }),
};
