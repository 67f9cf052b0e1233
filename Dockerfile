# Two stages: the first builds a wheel and installs it, the second holds what runs and nothing else.
FROM python:3.11-slim AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY .ci/constraints.txt .ci/constraints.txt
COPY emulator emulator
COPY contracts contracts
COPY fixtures fixtures
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels . \
 && python -m venv /opt/emulator \
 && /opt/emulator/bin/pip install --no-cache-dir --constraint .ci/constraints.txt /wheels/*.whl

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /state emulator && install -d -o emulator /state
COPY --from=build /opt/emulator /opt/emulator
USER emulator
WORKDIR /state
VOLUME /state
EXPOSE 8000
# A container is reachable from elsewhere by nature: the control API asks for EMULATOR_CONTROL_TOKEN, or for the token
# that the log shows if none is set.
ENV PATH=/opt/emulator/bin:$PATH EMULATOR_HOST=0.0.0.0 EMULATOR_PORT=8000 EMULATOR_STATE=/state/state.db
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"EMULATOR_PORT\"]}/_emulator/health', timeout=2)"]
ENTRYPOINT ["emulator"]
CMD ["serve"]
