"""Small file systems that run full or turn read-only, mounted for one test."""

import os
import shutil
import subprocess
import time
from pathlib import Path

from skip import Skip


class Volume:
    """A mount point; what is mounted on it goes with the test, whoever still holds files in it."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.mkdir(exist_ok=True)

    def mount(self, *arguments):
        done = subprocess.run(["mount", *arguments, str(self.folder)], capture_output=True, text=True)
        if done.returncode:
            raise Skip(f"nothing can be mounted here ({done.stderr.strip().splitlines()[0]})")
        return self

    def unmount(self):
        for _ in range(10):
            if subprocess.run(["umount", str(self.folder)], capture_output=True).returncode == 0:
                return
            time.sleep(0.1)
        subprocess.run(["umount", "-l", str(self.folder)], check=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.unmount()


class SmallDisk(Volume):
    """A disk in memory with few megabytes, and a file that takes what is left of them."""

    def __init__(self, folder, megabytes):
        super().__init__(folder)
        self.ballast = self.folder / "ballast"
        self.mount("-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs")

    def fill(self):
        with open(self.ballast, "ab", buffering=0) as file:
            for size in (1 << 16, 1 << 12, 1):
                try:
                    while True:
                        file.write(b"x" * size)
                except OSError:
                    pass
        assert os.statvfs(self.folder).f_bavail == 0

    def make_room(self):
        self.ballast.unlink()


class FailingDisk(Volume):
    """A disk of its own, which the kernel turns read-only under open files as it does when it meets an error."""

    def __init__(self, folder, image, megabytes):
        super().__init__(folder)
        self.image = Path(image)
        with open(self.image, "wb") as file:
            file.truncate(megabytes << 20)
        self.run("mkfs.ext4", "-q", "-F", str(self.image))
        self.mount("-o", "loop,errors=remount-ro", str(self.image))

    def fail(self):
        device = os.path.basename(self.run("findmnt", "-n", "-o", "SOURCE", str(self.folder)).strip())
        trigger = Path(f"/sys/fs/ext4/{device}/trigger_fs_error")
        if not trigger.exists():
            raise Skip("this kernel lets no file system fail on purpose")
        trigger.write_text("1")

    def repair(self):
        """As an administrator does with a disk that failed: what is on it is copied, checked, and mounted in its place."""
        copy = self.image.with_suffix(".copy")
        shutil.copyfile(self.image, copy)
        self.unmount()
        subprocess.run(["e2fsck", "-f", "-y", str(copy)], capture_output=True)
        self.image = copy
        self.mount("-o", "loop,errors=remount-ro", str(copy))

    @staticmethod
    def run(*command):
        try:
            return subprocess.run(command, check=True, capture_output=True, text=True).stdout
        except (OSError, subprocess.CalledProcessError) as error:
            raise Skip(f"no disk of one's own here ({error})") from error
