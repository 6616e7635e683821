"""Stands in for the service manager: keeps the descriptors that a daemon stores, and starts it again with them.

usage: hold-descriptors.py FOLDER COMMAND...
FOLDER/pid holds the daemon's process id. The daemon is started anew whenever it ends, until this program gets SIGTERM:
then the daemon gets SIGINT, and its exit code is this program's.
"""
import array
import os
import signal
import socket
import sys

folder, command = sys.argv[1], sys.argv[2:]
address = os.path.join(folder, "notify.sock")
notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
notify.bind(address)
stored = {}
state = {"pid": 0, "ending": False}
FIRST = 3
ROOM = 200


def start():
    pid = os.fork()
    if pid == 0:
        names = list(stored)
        # Out of the way first: the numbers from 3 on may be in use by others that are to be passed.
        held = [os.dup(stored[name]) for name in names]
        moved = []
        for fd in held:
            high = fd
            while high < ROOM:
                high = os.dup(high)
            moved.append(high)
        for index, fd in enumerate(moved):
            os.dup2(fd, FIRST + index, inheritable=True)
        os.closerange(FIRST + len(moved), 4 * ROOM)
        os.environ.update(NOTIFY_SOCKET=address, FDSTORE=str(ROOM), LISTEN_PID=str(os.getpid()),
                          LISTEN_FDS=str(len(names)), LISTEN_FDNAMES=":".join(names))
        os.execv(command[0], command)
    state["pid"] = pid
    with open(os.path.join(folder, "pid.new"), "w") as file:
        file.write(str(pid))
    os.rename(os.path.join(folder, "pid.new"), os.path.join(folder, "pid"))


def ended(*_):
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        if state["ending"]:
            os._exit(os.waitstatus_to_exitcode(status))
        start()


def end(*_):
    state["ending"] = True
    os.kill(state["pid"], signal.SIGINT)


signal.signal(signal.SIGCHLD, ended)
signal.signal(signal.SIGTERM, end)
start()
while True:
    message, control, _, _ = notify.recvmsg(8192, 4096)
    fds = array.array("i")
    for level, kind, data in control:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            fds.frombytes(data[:len(data) - len(data) % fds.itemsize])
    fields = dict(line.split("=", 1) for line in message.decode().splitlines() if "=" in line)
    name = fields.get("FDNAME", "")
    if "FDSTORE" in fields and fds:
        stored[name] = fds[0]
    elif "FDSTOREREMOVE" in fields and name in stored:
        os.close(stored.pop(name))
