@echo off
rem Start a Redis-protocol server for development on Windows. Works from any folder.
rem
rem   set REDIS_PORT=6379 ^& scripts\start_redis.bat
rem
rem No such server is bundled for Windows. This uses, in this order: a redis-server or valkey-server on the
rem PATH, the same inside WSL, or Docker. Alternatively set CELERY_BROKER_URL to a server elsewhere.
setlocal
cd /d "%~dp0.."
if not defined REDIS_PORT set REDIS_PORT=6379
if not defined SMARTINVOICE_DATA_DIR set SMARTINVOICE_DATA_DIR=data
if not exist "%SMARTINVOICE_DATA_DIR%\redis" mkdir "%SMARTINVOICE_DATA_DIR%\redis"
set OPTIONS=--bind 127.0.0.1 --port %REDIS_PORT% --appendonly yes --appendfsync everysec --maxmemory-policy noeviction
for %%S in (redis-server valkey-server) do (
  where %%S >nul 2>nul && ( %%S --dir "%SMARTINVOICE_DATA_DIR%\redis" %OPTIONS% & exit /b )
)
where wsl >nul 2>nul && wsl -e sh -c "command -v redis-server" >nul 2>nul && ( wsl -e redis-server %OPTIONS% & exit /b )
where docker >nul 2>nul && ( docker run --rm -p 127.0.0.1:%REDIS_PORT%:6379 valkey/valkey:8 --appendonly yes --maxmemory-policy noeviction & exit /b )
echo No Redis found: install Memurai or Redis in WSL, or Docker, or set CELERY_BROKER_URL to a server elsewhere. 1>&2
exit /b 1
