"""What runs each command. Its libraries are imported when it runs: those that read files,
understand or fit take 0.2 to 1 second, and a command needs only its own."""

from __future__ import annotations

import argparse

from enms_core.settings import Settings


async def ask(options: argparse.Namespace, settings: Settings) -> int:
    from enms_cli import asking

    return await asking.run(options, settings)


async def import_files(options: argparse.Namespace, settings: Settings) -> int:
    from enms_cli import importing

    return await importing.run(options, settings)


async def listen(options: argparse.Namespace, settings: Settings) -> int:
    from enms_cli import listening

    return await listening.run(options, settings)


async def train(options: argparse.Namespace, settings: Settings) -> int:
    from enms_cli import training

    return await training.run(options, settings)


async def baseline(options: argparse.Namespace, settings: Settings) -> int:
    from enms_cli import baselines

    return await baselines.run(options, settings)


async def predict(options: argparse.Namespace, settings: Settings) -> int:
    from enms_cli import predicting

    return await predicting.run(options, settings)


async def kpi(options: argparse.Namespace, settings: Settings) -> int:
    from enms_cli import kpi as indicators

    return await indicators.run(options, settings)


async def analyze(options: argparse.Namespace, settings: Settings) -> int:
    from enms_cli import analyzing

    return await analyzing.run(options, settings)


async def opportunities(options: argparse.Namespace, settings: Settings) -> int:
    from enms_cli import opportunities as saving

    return await saving.run(options, settings)


async def plan(options: argparse.Namespace, settings: Settings) -> int:
    from enms_cli import plans

    return await plans.run(options, settings)


async def database(options: argparse.Namespace, settings: Settings) -> int:
    from enms_cli import database as commands

    return await commands.run(options, settings)


async def doctor(options: argparse.Namespace, settings: Settings) -> int:
    from enms_cli import doctor as examining

    return await examining.run(options, settings)


async def seed(options: argparse.Namespace, settings: Settings) -> int:
    from enms_cli import seeding

    return await seeding.run(options, settings)
