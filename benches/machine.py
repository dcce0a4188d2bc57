"""What the figures were measured on, and with what."""

import importlib.metadata
import os
import platform
from pathlib import Path

#: One thread for all. Processor time counts every thread anyway, but threads that wait for each other burn it.
ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "RAYON_NUM_THREADS": "1",
    "REPORTEDLY_JOBS": "1",
}


def hardware() -> dict[str, object]:
    """The processor, its cores, memory and system."""
    return {
        "processor": processor(),
        "cores": os.cpu_count(),
        "memory_gb": memory(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
    }


def processor() -> str:
    """The name of the processor, as the system tells it."""
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def memory() -> int | None:
    """Gigabytes of main memory, where the system tells them."""
    try:
        return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)
    except (AttributeError, ValueError, OSError):
        return None


def versions(packages: list[str]) -> dict[str, str]:
    """The versions of those of the packages that are installed."""
    found = {}
    for name in packages:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def peak() -> int:
    """The most memory in bytes that this process has had resident so far."""
    status = Path("/proc/self/status")
    if status.exists():
        # What getrusage tells on Linux is at least what the parent had.
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if platform.system() == "Darwin" else most * 1024
