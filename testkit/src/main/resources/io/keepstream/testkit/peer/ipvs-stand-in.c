/*
 * Stands in for IPVS where the kernel has none, preloaded into keepalived: what is sent to the generic
 * netlink family "IPVS" is swallowed and acknowledged, everything else is netlink as usual. It says
 * itself what it needs of libc and libnl, so that no header has to be installed.
 */
struct nl_sock;
struct nl_msg;
typedef int (*acknowledged)(struct nl_msg *, void *);

extern void *dlsym(void *handle, const char *name);
extern int strcmp(const char *one, const char *other);

#define NEXT ((void *)-1L)
#define NL_CB_ACK 4
#define FAMILY 0x7f00

static struct nl_sock *ipvs;
static acknowledged on_ack;
static void *on_ack_argument;

int genl_ctrl_resolve(struct nl_sock *socket, const char *family)
{
	int (*next)(struct nl_sock *, const char *) = dlsym(NEXT, "genl_ctrl_resolve");

	if (strcmp(family, "IPVS") != 0)
		return next(socket, family);
	ipvs = socket;
	return FAMILY;
}

int nl_socket_modify_cb(struct nl_sock *socket, int type, int kind, acknowledged callback, void *argument)
{
	int (*next)(struct nl_sock *, int, int, acknowledged, void *) = dlsym(NEXT, "nl_socket_modify_cb");

	if (type == NL_CB_ACK && socket == ipvs) {
		on_ack = callback;
		on_ack_argument = argument;
	}
	return next(socket, type, kind, callback, argument);
}

int nl_send_auto(struct nl_sock *socket, struct nl_msg *message)
{
	int (*next)(struct nl_sock *, struct nl_msg *) = dlsym(NEXT, "nl_send_auto");

	return socket == ipvs ? 1 : next(socket, message);
}

int nl_recvmsgs_default(struct nl_sock *socket)
{
	int (*next)(struct nl_sock *) = dlsym(NEXT, "nl_recvmsgs_default");

	if (socket != ipvs)
		return next(socket);
	if (on_ack)
		on_ack(0, on_ack_argument);
	return 0;
}
