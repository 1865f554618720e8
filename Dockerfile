# The site's image: web, worker, beat and the one-off steps differ only in their command.
FROM python:3.12-slim AS packages
COPY requirements/base.txt /requirements.txt
RUN python -m venv /packages \
 && /packages/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --no-deps -r /requirements.txt

FROM python:3.12-slim
ENV PATH=/packages/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    HOST=0.0.0.0 PORT=8000 XDG_CACHE_HOME=/var/cache/site
RUN useradd --system --uid 10001 --home-dir /app --no-create-home site \
 && install -d -o site -g site -m 755 /secrets /var/cache/site
COPY --from=packages /packages /packages
WORKDIR /app
COPY . .
RUN python manage.py collectstatic --noinput --verbosity 0
USER site
RUN python manage.py prepare_engine
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=6s --start-period=30s CMD ["python", "scripts/healthcheck.py", "web"]
CMD ["gunicorn", "reverse_mentoring.wsgi"]
