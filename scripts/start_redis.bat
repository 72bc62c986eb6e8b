@echo off
rem Start a Redis-protocol server for development on Windows. Works from any folder.
rem
rem   set REDIS_PORT=6379
rem   scripts\start_redis.bat
rem
rem No such server is bundled for Windows. This uses, in this order: a redis-server, valkey-server or memurai on
rem the PATH, a redis-server inside WSL, or Docker. Alternatively set CELERY_BROKER_URL to a server elsewhere.
setlocal
cd /d "%~dp0.."
if not defined REDIS_PORT set REDIS_PORT=6379
if not defined SMARTINVOICE_DATA_DIR set SMARTINVOICE_DATA_DIR=data
if not exist "%SMARTINVOICE_DATA_DIR%\redis" mkdir "%SMARTINVOICE_DATA_DIR%\redis"
rem Wherever the server runs, it keeps its data in the folder that it is started in.
cd /d "%SMARTINVOICE_DATA_DIR%\redis"
set DURABLE=--appendonly yes --appendfsync everysec --maxmemory-policy noeviction
set OPTIONS=--bind 127.0.0.1 --port %REDIS_PORT% %DURABLE%
for %%S in (redis-server valkey-server memurai) do (
  where %%S >nul 2>nul && ( %%S %OPTIONS% & exit /b )
)
where wsl >nul 2>nul && wsl -e sh -c "command -v redis-server" >nul 2>nul && ( wsl -e redis-server %OPTIONS% & exit /b )
where docker >nul 2>nul && ( docker run --rm -p 127.0.0.1:%REDIS_PORT%:6379 -v "%CD%:/data" valkey/valkey:8 %DURABLE% & exit /b )
echo No Redis found: install Memurai or Redis in WSL, or Docker, or set CELERY_BROKER_URL to a server elsewhere. 1>&2
exit /b 1
