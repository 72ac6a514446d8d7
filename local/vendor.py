"""Fills the vendor layers, of AWS and of the emulator, while `make setup` has a network."""

from infra.assets import LEAN, REQUIREMENTS
from infra.build import Builder
from infra.runtime import EMULATOR, LAMBDA

if __name__ == "__main__":
    for platform in (EMULATOR, LAMBDA):
        for requirements in (REQUIREMENTS, LEAN):
            Builder(platform=platform).vendor(requirements)
