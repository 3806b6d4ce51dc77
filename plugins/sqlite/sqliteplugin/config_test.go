package sqliteplugin_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"courts.example/eservices/icms/store"
	"courts.example/eservices/icms/store/storetest"
	"courts.example/eservices/plugins/sdk"
	"courts.example/eservices/plugins/sqlite/sqliteplugin"
	"github.com/stretchr/testify/require"
)

func TestEveryMistakeIsTold(t *testing.T) {
	dir := t.TempDir()
	quoted := func(path string) string {
		b, err := json.Marshal(path)
		require.NoError(t, err)
		return string(b)
	}
	good := quoted(filepath.Join(dir, "court.db"))
	for config, paths := range map[string][]string{
		``:                                    {""},
		`[]`:                                  {""},
		`null`:                                {""},
		`{} {}`:                               {""},
		`{}`:                                  {"/path"},
		`{"path": 1}`:                         {"/path"},
		`{"path": null}`:                      {"/path"},
		`{"path": "court.db"}`:                {"/path"},
		`{"path": ":memory:"}`:                {"/path"},
		`{"path":` + good + `,"wait":"0s"}`:   {"/wait"},
		`{"path":` + good + `,"wait":"soon"}`: {"/wait"},
		`{"path":` + good + `,"wait":10}`:     {"/wait"},
		`{"path":` + good + `,"durability":"little"}`:                        {"/durability"},
		`{"path":` + good + `,"Wait":"1s"}`:                                  {"/Wait"},
		`{"path":` + quoted(dir) + `}`:                                       {"/path"},
		`{"path":` + quoted(filepath.Join(dir, "missing", "court.db")) + `}`: {"/path"},
		`{"path": "", "wait": "", "durability": "", "a/b~": 1, "x": 2}`:      {"/path", "/wait", "/durability", "/a~1b~0", "/x"},
	} {
		_, err := sqliteplugin.Open(t.Context(), []byte(config))
		var p sdk.Problems
		require.ErrorAs(t, err, &p, config)
		var at []string
		for _, problem := range p {
			require.NotEmpty(t, problem.Text)
			at = append(at, problem.Path)
		}
		require.Equal(t, paths, at, config)
	}
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Empty(t, entries, "nothing is made by a configuration that is refused")
}

// A file that is no database is an error of the storage, not of the configuration.
func TestADamagedFileIsCorrupt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "court.db")
	require.NoError(t, os.WriteFile(path, []byte("this is a letter, and no database of any kind; it goes on for a while"), 0o600))
	err := new(sqliteplugin.Plugin).Configure(t.Context(), fmt.Appendf(nil, `{"path":%q}`, path))
	require.ErrorIs(t, err, store.ErrCorrupt)
	require.False(t, errors.As(err, new(sdk.Problems)))
}

func TestTheSchemaIsJSON(t *testing.T) {
	var schema struct {
		Properties map[string]any `json:"properties"`
		Required   []string       `json:"required"`
	}
	require.NoError(t, json.Unmarshal([]byte(sqliteplugin.About().ConfigSchema), &schema))
	require.Len(t, schema.Properties, 3)
	require.Equal(t, []string{"path"}, schema.Required)
}

// The plugin in process is a store like any other.
func TestContractInProcess(t *testing.T) {
	storetest.Run(storetest.Go(t), func(t storetest.T) store.Store {
		p := new(sqliteplugin.Plugin)
		config, err := json.Marshal(map[string]string{"path": filepath.Join(t.TempDir(), "store.db"), "durability": "process", "wait": "20s"})
		if err == nil {
			err = p.Configure(context.Background(), config)
		}
		if err != nil {
			t.Fatalf("%v", err)
		}
		t.Cleanup(func() {
			if err := p.Close(); err != nil {
				t.Errorf("%v", err)
			}
		})
		return p
	})
}

func FuzzConfig(f *testing.F) {
	f.Add([]byte(`{"path":"/no/such/folder/court.db","wait":"10s","durability":"full"}`))
	f.Add([]byte(`{"path":null,"a~/":[{}]}`))
	f.Fuzz(func(t *testing.T, config []byte) {
		var fields map[string]any
		if json.Unmarshal(config, &fields) == nil && fields["path"] != "/no/such/folder/court.db" {
			return // no files wherever the input likes
		}
		_, err := sqliteplugin.Open(t.Context(), config)
		require.ErrorAs(t, err, new(sdk.Problems))
	})
}
